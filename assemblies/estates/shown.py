"""How owners are shown on screens: 张*, the last four of a number, never more."""

from collections.abc import Sequence

from assemblies.estates.register.changes import Change
from assemblies.estates.register.identity import kind_of_name, masked
from assemblies.estates.register.values import ExistingPart, OwnerKind, RegisterOwner
from assemblies.foundation.wording import masked_text

OWNERS = "产权人"


def name(full: str, kind: OwnerKind | None = None) -> str:
    """Say a name: a company's in full, a person's by its first sign."""
    is_company = (kind or kind_of_name(full)) is OwnerKind.COMPANY
    return full if is_company else masked_text(full)


def owner(one: RegisterOwner) -> str:
    """Say who an owner is and on what terms: 张*（尾号 1230，份额 1/2）."""
    said = [masked(one.id_number)] if one.id_number else []
    said += [f"电话{masked(phone)}" for phone in one.phones]
    said += [f"份额 {one.share}"] if one.share else []
    said += ["表决权代表"] if one.representative else []
    shown = name(one.name, one.kind)
    return f"{shown}（{'，'.join(said)}）" if said else shown


def row_label(label: str) -> str:
    """Say a row's own label, which ends in the names of its owners: 1号楼 1单元 101 张*、李*."""
    place, _, last = label.rpartition(" ")
    shown = "、".join(
        piece if any(sign.isdigit() for sign in piece) else name(piece)
        for piece in last.split("、")
    )
    return f"{place} {shown}" if place else shown


def changes(
    before: ExistingPart | None, after: ExistingPart, found: Sequence[Change]
) -> tuple[Change, ...]:
    """Say what changes in a part, with its owners shown as on every screen."""
    return tuple(
        _of_owners(before, after) if before and change.field == OWNERS else change
        for change in found
    )


def _of_owners(before: ExistingPart, after: ExistingPart) -> Change:
    was, becomes = ("、".join(map(owner, part.owners)) for part in (before, after))
    if was == becomes:
        becomes += "（姓名写法、证件类型等细节有改动）"
    return Change(OWNERS, was or "没有", becomes or "没有")
