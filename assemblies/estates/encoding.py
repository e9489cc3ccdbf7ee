"""The JSON in which an upload and its plan are kept, sealed, until the batch is settled."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from fractions import Fraction
from typing import Any

from assemblies.estates.plans import Plan, PlanRow, Question, Said
from assemblies.estates.register.changes import Change
from assemblies.estates.register.preview import Verdict
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    OwnerKind,
    PartKey,
    RegisterOwner,
    RowPlace,
    Status,
    Sums,
    Use,
)
from assemblies.foundation.sheets.doubts import Level


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was uploaded, and what applying it would do."""

    file: bytes
    plan: Plan

    def encode(self) -> str:
        """Return the JSON."""
        shape = {"file": b64encode(self.file).decode(), "plan": _plan(self.plan)}
        return json.dumps(shape, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @staticmethod
    def read(text: str) -> "Kept":
        """Read what `encode` wrote; it was sealed, so it is what was written."""
        shape = json.loads(text)
        return Kept(b64decode(shape["file"]), _read_plan(shape["plan"]))


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "version": plan.version,
        "rows": [_row(row) for row in plan.rows],
        "notes": [_row(row) for row in plan.notes],
        "questions": [[one.id, one.text, one.rows] for one in plan.questions],
        "untouched": plan.untouched,
        "sums": [astuple(one) for one in (plan.of_file, plan.after, plan.counted)],
        "written": [_part(part) for part in plan.written],
    }


def _read_plan(shape: Mapping[str, Any]) -> Plan:
    of_file, after, counted = (Sums(*numbers) for numbers in shape["sums"])
    return Plan(
        version=shape["version"],
        rows=tuple(_read_row(row) for row in shape["rows"]),
        notes=tuple(_read_row(row) for row in shape["notes"]),
        questions=tuple(
            Question(key, text, tuple(RowPlace(*row) for row in rows))
            for key, text, rows in shape["questions"]
        ),
        untouched=shape["untouched"],
        of_file=of_file,
        after=after,
        counted=counted,
        written=tuple(_read_part(part) for part in shape["written"]),
    )


def _row(row: PlanRow) -> list[Any]:
    said = [[one.column, one.level.value, one.text] for one in row.said]
    changes = [[one.field, one.before, one.after] for one in row.changes]
    return [row.sheet, row.row, row.label, row.verdict.value, said, changes]


def _read_row(shape: list[Any]) -> PlanRow:
    sheet, row, label, verdict, said, changes = shape
    return PlanRow(
        sheet,
        row,
        label,
        Verdict(verdict),
        tuple(Said(column, Level(level), text) for column, level, text in said),
        tuple(Change(*change) for change in changes),
    )


def _part(part: ExistingPart) -> list[Any]:
    return [
        list(part.key),
        part.building,
        part.entrance,
        part.floor,
        part.room,
        part.area_dm2,
        part.basis.value if part.basis else None,
        part.use.value,
        part.status.value,
        part.unit_code,
        part.address,
        part.delivery,
        part.note,
        [_owner(owner) for owner in part.owners],
    ]


def _read_part(shape: list[Any]) -> ExistingPart:
    key, building, entrance, floor, room, area, basis, use, status, *texts = shape
    unit_code, address, delivery, note, owners = texts
    return ExistingPart(
        PartKey(*key),
        building,
        entrance,
        floor,
        room,
        area,
        Basis(basis) if basis else None,
        Use(use),
        Status(status),
        unit_code,
        address,
        delivery,
        note,
        tuple(_read_owner(owner) for owner in owners),
    )


def _owner(owner: RegisterOwner) -> list[Any]:
    share = [owner.share.numerator, owner.share.denominator] if owner.share else None
    return [
        owner.name,
        owner.kind.value,
        owner.id_type,
        owner.id_number,
        list(owner.phones),
        share,
        owner.representative,
    ]


def _read_owner(shape: list[Any]) -> RegisterOwner:
    name, kind, id_type, number, phones, share, speaks = shape
    return RegisterOwner(
        name,
        OwnerKind(kind),
        id_type,
        number,
        tuple(phones),
        Fraction(*share) if share else None,
        representative=speaks,
    )
