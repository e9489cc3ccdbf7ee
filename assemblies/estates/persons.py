"""Which owners of a register are one person, and under which id that person is kept.

The register decides by ID number, else by name and phone (SPC interpretation art. 9 counts heads
by it); here every part speaks of such a person in the same words, and each gets one record.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar
from uuid import UUID, uuid4

from assemblies.estates.register.heads import PersonKey, Persons
from assemblies.estates.register.names import name_key
from assemblies.estates.register.values import ExistingPart, PartKey, RegisterOwner
from assemblies.estates.stored import Stored, StoredPart

P = TypeVar("P", bound=ExistingPart)
# Telling that two are one may tell that a third is, too; a chain longer than this is no register.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Slot:
    """A place among the owners of a part."""

    part: PartKey
    at: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who owns each part, by id, and what is known of each."""

    owners: Mapping[PartKey, tuple[UUID, ...]]
    persons: Mapping[UUID, RegisterOwner]


def agreed(
    register: Mapping[PartKey, ExistingPart], fresh: Mapping[PartKey, P]
) -> dict[PartKey, ExistingPart | P]:
    """Return the register with the fresh parts in it, where one person has one name and number.

    What the fresh parts say goes before what was stored; phones from several rows are joined in
    the order of those rows, so that the same file twice says the same thing twice.
    """
    left = {key: part for key, part in register.items() if key not in fresh}
    found: dict[PartKey, ExistingPart | P] = {**fresh, **left}
    for _ in range(_LONGEST_CHAIN):
        told = dict(_told(found, fresh))
        if not told:
            break
        for key, owners in told.items():
            found[key] = replace(found[key], owners=owners)
    return found


def twice(register: Mapping[PartKey, ExistingPart]) -> tuple[PartKey, ...]:
    """Return the parts in which one person stands as two owners."""
    seen: set[tuple[PersonKey, PartKey]] = set()
    found: dict[PartKey, None] = {}
    for key, slots in _groups(register).items():
        for slot in slots:
            if (key, slot.part) in seen:
                found[slot.part] = None
            seen.add((key, slot.part))
    return tuple(found)


def assigned(
    stored: Stored, register: Mapping[PartKey, ExistingPart], same: Mapping[Slot, UUID]
) -> Assignment:
    """Give each person of a register an id: the one they have, if they are known.

    `same` says who stands in a slot although name and number are no longer what they were.
    """
    groups = _groups(register)
    ids = _ids(stored, register, groups, same)
    owners = {key: [uuid4()] * len(part.owners) for key, part in register.items()}
    persons: dict[UUID, RegisterOwner] = {}
    for key, slots in groups.items():
        for slot in slots:
            owners[slot.part][slot.at] = ids[key]
        first = slots[0]
        persons[ids[key]] = alone(register[first.part].owners[first.at])
    return Assignment({key: tuple(found) for key, found in owners.items()}, persons)


def alone(owner: RegisterOwner) -> RegisterOwner:
    """Return what is known of an owner apart from any part."""
    return replace(owner, share=None, representative=False)


def _groups(register: Mapping[PartKey, ExistingPart]) -> dict[PersonKey, list[Slot]]:
    persons = Persons(register.values())
    found: dict[PersonKey, list[Slot]] = defaultdict(list)
    for key, part in register.items():
        for at, owner in enumerate(part.owners):
            found[persons.key(owner, key, at)].append(Slot(key, at))
    return found


def _as_known(
    owners: Sequence[RegisterOwner], slots: Sequence[Slot], fresh: Mapping[PartKey, ExistingPart]
) -> RegisterOwner:
    """Say what is known of one person, the fresh word before the stored one."""
    told = [owner for owner, slot in zip(owners, slots, strict=True) if slot.part in fresh]
    named = [owner for owner in (*told, *owners) if owner.id_number] or [*told, *owners]
    phones = dict.fromkeys(phone for owner in told or owners for phone in owner.phones)
    kept = dict.fromkeys(phone for owner in owners for phone in owner.phones)
    return replace(
        alone(named[0]),
        name=(told or owners)[0].name,
        phones=tuple(phones or kept),
    )


def _told(
    register: Mapping[PartKey, ExistingPart], fresh: Mapping[PartKey, ExistingPart]
) -> Iterator[tuple[PartKey, tuple[RegisterOwner, ...]]]:
    """Yield the parts whose owners have something to learn from the same persons elsewhere."""
    learnt: dict[PartKey, dict[int, RegisterOwner]] = defaultdict(dict)
    for slots in _groups(register).values():
        if len(slots) == 1:
            continue
        owners = [register[slot.part].owners[slot.at] for slot in slots]
        known = _as_known(owners, slots, fresh)
        for slot, owner in zip(slots, owners, strict=True):
            if (told := _with(owner, known)) != owner:
                learnt[slot.part][slot.at] = told
    for key, some in learnt.items():
        owners = [some.get(at, owner) for at, owner in enumerate(register[key].owners)]
        yield key, tuple(owners)


def _with(owner: RegisterOwner, known: RegisterOwner) -> RegisterOwner:
    return replace(known, share=owner.share, representative=owner.representative)


def _ids(
    stored: Stored,
    register: Mapping[PartKey, ExistingPart],
    groups: Mapping[PersonKey, Sequence[Slot]],
    same: Mapping[Slot, UUID],
) -> dict[PersonKey, UUID]:
    """Match persons by ID number, then where they stand already, then by name and phone."""
    by_number = {o.id_number: person for person, o in stored.persons.items() if o.id_number}
    ids = dict(_left_alone(stored, register, groups))
    ids |= {key: by_number[key[1]] for key in groups if key[0] == "id" and key[1] in by_number}
    taken = set(ids.values())
    waiting = [key for key in groups if key not in ids]
    contacts = _contacts(stored)
    for key in sorted(waiting, key=lambda key: not _stays(stored, register, groups[key], same)):
        told = [same[slot] for slot in groups[key] if slot in same]
        candidates = chain(told, _candidates(stored, register, groups[key], contacts))
        ids[key] = next((one for one in candidates if one not in taken), None) or uuid4()
        taken.add(ids[key])
    return ids


def _left_alone(
    stored: Stored,
    register: Mapping[PartKey, ExistingPart],
    groups: Mapping[PersonKey, Sequence[Slot]],
) -> Iterator[tuple[PersonKey, UUID]]:
    """Yield who stands alone, without number or phone, where nothing changes: they stay."""
    for key, (slot, *_) in groups.items():
        before = stored.parts.get(slot.part)
        if key[0] == "alone" and before and before.part.owners == register[slot.part].owners:
            yield key, before.persons[slot.at]


def _stays(
    stored: Stored,
    register: Mapping[PartKey, ExistingPart],
    slots: Sequence[Slot],
    same: Mapping[Slot, UUID],
) -> bool:
    """Say whether any of these slots is known, or in a part whose owners do not change."""
    return any(
        slot in same
        or (
            slot.part in stored.parts
            and stored.parts[slot.part].part.owners == register[slot.part].owners
        )
        for slot in slots
    )


def _contacts(stored: Stored) -> dict[tuple[str, str], UUID]:
    return {
        (name_key(owner.name), phone): person
        for person, owner in stored.persons.items()
        if not owner.id_number
        for phone in owner.phones
    }


def _candidates(
    stored: Stored,
    register: Mapping[PartKey, ExistingPart],
    slots: Sequence[Slot],
    contacts: Mapping[tuple[str, str], UUID],
) -> Iterator[UUID]:
    """Yield the persons without an ID number who may be the one in these slots."""
    for slot in slots:
        owner = register[slot.part].owners[slot.at]
        yield from _standing(stored.parts.get(slot.part), owner)
    for slot in slots:
        owner = register[slot.part].owners[slot.at]
        name = name_key(owner.name)
        yield from (contacts[name, p] for p in owner.phones if (name, p) in contacts)


def _standing(part: StoredPart | None, owner: RegisterOwner) -> Iterator[UUID]:
    for person, old in zip(part.persons, part.part.owners, strict=True) if part else ():
        if not old.id_number and name_key(old.name) == name_key(owner.name):
            yield person
