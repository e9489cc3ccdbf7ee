"""Correcting the register by hand, one part at a time, with all the checks of an import."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.estates import shown
from assemblies.estates.differences import Difference, difference
from assemblies.estates.edits import SOMEWHERE, Fault, OwnerEdit, PartEdit, Site, faults, sheet
from assemblies.estates.persons import Slot, agreed, alone, twice
from assemblies.estates.plans import question_id
from assemblies.estates.queries import dependents
from assemblies.estates.queries.parts import mark
from assemblies.estates.queries.register import stored
from assemblies.estates.refusals import PartInUse
from assemblies.estates.register.reading import read_sheets
from assemblies.estates.register.values import ExistingPart, PartKey, RegisterOwner
from assemblies.estates.services.writing import write
from assemblies.estates.stored import Stored, StoredPart
from assemblies.foundation.refusals import NotFound, Stale
from assemblies.foundation.secrets import Keys
from assemblies.foundation.sheets.doubts import Level


@dataclass(frozen=True, slots=True)
class Correction:
    """What came of an edit: a change to save, or the faults that hold it back."""

    part: UUID | None
    faults: tuple[Fault, ...]
    change: Difference | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what should be looked at although it was written."""
        return tuple(one.text for one in self.faults if one.level is Level.WARNING)


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit that is about to be checked: whose words stand where."""

    standing: Stored
    edit: PartEdit
    site: Site
    before: StoredPart | None

    @property
    def persons(self) -> tuple[UUID, ...]:
        """Return the persons whom the edit leaves in place."""
        return tuple(one.person for one in self.edit.owners if one.person)


def correct(session: Session, estate: UUID, part: UUID, edit: PartEdit, keys: Keys) -> Correction:
    """Check a correction of one part and its owners, or say what stands in the way.

    Raises `NotFound`, and `Stale` if the part is no longer as the page showed it.
    """
    standing = stored(session, estate, keys)
    before = _part(standing, part, keys, edit.seen)
    return _checked(Edited(standing, _completed(edit, before), SOMEWHERE, before))


def add(session: Session, estate: UUID, site: Site, edit: PartEdit, keys: Keys) -> Correction:
    """Check one part entered by hand, or say what stands in the way; raises `NotFound`."""
    return _checked(Edited(stored(session, estate, keys), edit, site, None))


def save(session: Session, correction: Correction, keys: Keys) -> None:
    """Write what was checked; raises `Stale` if the register changed in between."""
    if correction.change and not correction.change.empty:
        write(session, correction.change, keys)


def remove(session: Session, estate: UUID, part: UUID, keys: Keys, *, seen: str) -> None:
    """Take one part off the register.

    Raises `PartInUse` if an item of an assembly names it, `NotFound`, `Stale`.
    """
    standing = stored(session, estate, keys)
    gone = _part(standing, part, keys, seen)
    if items := dependents.items_naming(session, estate, [part], ()):
        named = "、".join(f"“{item}”" for item in items)
        raise PartInUse(f"{named}指定了这一处，不能删除。请先修改表决事项。")
    wanted = {key: one for key, one in standing.existing().items() if key != gone.part.key}
    write(session, difference(standing, wanted), keys)


def _part(standing: Stored, part: UUID, keys: Keys, seen: str) -> StoredPart:
    found = standing.part(part)
    if found is None:
        raise NotFound
    if mark(found, keys) != seen:
        raise Stale("这一处在您打开页面之后有人改过，请重新打开再改。")
    return found


def _completed(edit: PartEdit, before: StoredPart) -> PartEdit:
    """Put the stored numbers and phones where the clerk left them as they are."""
    known = dict(zip(before.persons, before.part.owners, strict=True))
    owners = tuple(
        _with_stored(one, known[one.person]) if one.person in known else replace(one, person=None)
        for one in edit.owners
    )
    return replace(edit, owners=owners)


def _with_stored(one: OwnerEdit, known: RegisterOwner) -> OwnerEdit:
    return replace(
        one,
        id_number=one.id_number or known.id_number or "",
        id_type=one.id_type or known.id_type,
        phones=one.phones or "、".join(known.phones),
    )


def _checked(edited: Edited) -> Correction:
    after, found = _read(edited)
    if after is None or _waiting(found, edited.edit.accepted):
        return Correction(None, tuple(found))
    wanted = _wanted(edited, after)
    if double := twice(wanted):
        said = f"这样改，{wanted[double[0]].label}的两位产权人就是同一个人了，请核对证件号和电话。"
        return Correction(None, (*found, Fault(None, "", Level.REFUSED, said)))
    change = _change(edited, after, wanted)
    new = [part.id for part in change.new_parts]
    return Correction(edited.before.id if edited.before else new[0], tuple(found), change)


def _read(edited: Edited) -> tuple[ExistingPart | None, list[Fault]]:
    """Read the edit as a register of one part; no part where it cannot be read."""
    known = edited.standing.known_ids(without=edited.persons)
    reading = read_sheets([sheet(edited.site, edited.edit)], known)
    found = [*_nameless(edited.edit), *faults(reading.remarks)]
    if any(one.level is Level.REFUSED for one in found) or not reading.parts:
        return None, found
    after: ExistingPart = reading.parts[0]
    if len(after.owners) != len(edited.edit.owners):
        said = "每一栏只填一位产权人的姓名。共有的，请一位填一栏。"
        return None, [*found, Fault(None, "", Level.REFUSED, said)]
    if edited.before:
        after = _in_place(after, edited.before.part)
    return after, [*found, *_about_place(edited, after), *_about_persons(edited, after)]


def _waiting(found: Sequence[Fault], accepted: Collection[str]) -> bool:
    return any(
        one.level is Level.REFUSED
        or (one.level is Level.QUESTION and question_id(one.text) not in accepted)
        for one in found
    )


def _in_place(after: ExistingPart, before: ExistingPart) -> ExistingPart:
    return replace(
        after,
        key=before.key,
        building=before.building,
        entrance=before.entrance,
        room=before.room,
    )


def _nameless(edit: PartEdit) -> Iterator[Fault]:
    for at, owner in enumerate(edit.owners):
        if not owner.name.strip():
            yield Fault(at, "name", Level.REFUSED, "请填写产权人的姓名或单位名称。")


def _about_place(edited: Edited, after: ExistingPart) -> Iterator[Fault]:
    if edited.before is None and after.key in edited.standing.parts:
        said = f"{after.label}已经登记过了，请到它自己的页面修改。"
        yield Fault(None, "room", Level.REFUSED, said)


def _about_persons(edited: Edited, after: ExistingPart) -> Iterator[Fault]:
    """Ask before a correction reaches further than this part."""
    standing = edited.standing
    numbers = {o.id_number: person for person, o in standing.persons.items() if o.id_number}
    for at, (typed, owner) in enumerate(zip(edited.edit.owners, after.owners, strict=True)):
        if typed.person is None:
            continue
        other = numbers.get(owner.id_number) if owner.id_number else None
        if other not in {None, typed.person}:
            who = shown.name(owner.name, owner.kind)
            said = f"{who}的证件号与名册里另一位同名产权人相同。确认后两者合为一人。"
            yield Fault(at, "id_number", Level.QUESTION, said)
        if alone(owner) != standing.persons[typed.person]:
            yield from _elsewhere(edited, typed.person, owner, at)


def _elsewhere(edited: Edited, person: UUID, owner: RegisterOwner, at: int) -> Iterator[Fault]:
    assert edited.before is not None  # noqa: S101  (only a stored part has stored persons)
    here = edited.before.id
    others = [one for one in edited.standing.owned_by(person) if one.id != here]
    if others:
        named = "、".join(one.part.label for one in others[:3])
        more = f"等 {len(others)} 处" if len(others) > len(named.split("、")) else ""
        who = shown.name(owner.name, owner.kind)
        said = f"{who}还有其他房屋：{named}{more}。姓名、证件或电话的改动会一并用到那里。"
        yield Fault(at, "name", Level.QUESTION, said)


def _wanted(edited: Edited, after: ExistingPart) -> Mapping[PartKey, ExistingPart]:
    """Return the register with the part in it, and its persons corrected wherever they stand."""
    told = {
        typed.person: owner
        for typed, owner in zip(edited.edit.owners, after.owners, strict=True)
        if typed.person
    }
    fresh = dict(_following(edited.standing, told)) | {after.key: after}
    return agreed(edited.standing.existing(), fresh)


def _change(
    edited: Edited, after: ExistingPart, wanted: Mapping[PartKey, ExistingPart]
) -> Difference:
    same = {
        Slot(after.key, at): typed.person
        for at, typed in enumerate(edited.edit.owners)
        if typed.person
    }
    return difference(edited.standing, wanted, same)


def _following(
    standing: Stored, told: Mapping[UUID, RegisterOwner]
) -> Iterator[tuple[PartKey, ExistingPart]]:
    """Yield the other parts of corrected persons with the correction in them."""
    for key, one in standing.parts.items():
        if told.keys() & set(one.persons):
            owners = tuple(
                replace(told[person], share=owner.share, representative=owner.representative)
                if person in told
                else owner
                for person, owner in zip(one.persons, one.part.owners, strict=True)
            )
            yield key, replace(one.part, owners=owners)
