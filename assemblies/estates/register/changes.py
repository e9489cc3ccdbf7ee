"""What a file changes in a part that is stored already; what it is silent on stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assemblies.estates.register.identity import masked
from assemblies.estates.register.names import name_key
from assemblies.estates.register.values import ExistingPart, RegisterOwner, RegisterPart


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as a screen may show it: IDs by their last four only."""

    field: str
    before: str
    after: str


def merged(part: RegisterPart, before: ExistingPart | None) -> RegisterPart:
    """Return the part as it would stand: a blank in the file never erases what is stored."""
    if before is None:
        return part
    return replace(
        part,
        building=before.building,
        entrance=before.entrance,
        room=before.room,
        floor=part.floor or before.floor,
        basis=part.basis or before.basis,
        use=before.use if "use" in part.assumed else part.use,
        status=before.status if "status" in part.assumed else part.status,
        unit_code=part.unit_code or before.unit_code,
        address=part.address or before.address,
        delivery=part.delivery or before.delivery,
        note=part.note or before.note,
        owners=_owners(part, before),
    )


def changes(before: ExistingPart | None, after: ExistingPart) -> tuple[Change, ...]:
    """Say field by field what is different; nothing for a new part."""
    return tuple(_changes(before, after)) if before else ()


def _changes(before: ExistingPart, after: ExistingPart) -> Iterator[Change]:
    pairs = {
        "楼层": (before.floor, after.floor),
        "专有部分面积": (_square(before.area_dm2), _square(after.area_dm2)),
        "面积依据": tuple(part.basis.label if part.basis else "" for part in (before, after)),
        "用途": (before.use.label, after.use.label),
        "权属状态": (before.status.label, after.status.label),
        "不动产单元号": (before.unit_code, after.unit_code),
        "邮寄地址": (before.address, after.address),
        "送达方式": (before.delivery, after.delivery),
        "备注": (before.note, after.note),
    }
    for field, (was, becomes) in pairs.items():
        if was != becomes:
            yield Change(field, was, becomes)
    if sorted(map(repr, before.owners)) != sorted(map(repr, after.owners)):
        yield Change("产权人", _people(before.owners), _people(after.owners))


def _owners(part: RegisterPart, before: ExistingPart) -> tuple[RegisterOwner, ...]:
    if not part.owners and part.status is before.status:
        return before.owners
    left = list(before.owners)
    surest_first = sorted(
        enumerate(part.owners), key=lambda one: (not one[1].id_number, not one[1].phones)
    )
    found = {at: _filled(owner, left) for at, owner in surest_first}
    filled = tuple(found[at] for at in range(len(part.owners)))
    if any(owner.representative for owner in filled):
        return filled
    speaking = {(o.id_number, name_key(o.name)) for o in before.owners if o.representative}
    return tuple(
        replace(owner, representative=(owner.id_number, name_key(owner.name)) in speaking)
        for owner in filled
    )


def _filled(owner: RegisterOwner, left: list[RegisterOwner]) -> RegisterOwner:
    """Complete an owner from the same person as stored."""
    namesakes = [old for old in left if _same(owner, old)]
    if not namesakes:
        return owner
    same = min(namesakes, key=lambda old: _unlike(owner, old))
    left.remove(same)
    return replace(
        owner,
        kind=owner.kind if owner.id_number else same.kind,
        id_type=owner.id_type if owner.id_number else owner.id_type or same.id_type,
        id_number=owner.id_number or same.id_number,
        phones=owner.phones or same.phones,
        share=owner.share or same.share,
    )


def _same(one: RegisterOwner, other: RegisterOwner) -> bool:
    """Say whether two owners of one part are one person: by ID, else by name and phone."""
    if one.id_number and other.id_number:
        return one.id_number == other.id_number
    if name_key(one.name) != name_key(other.name):
        return False
    return not (one.phones and other.phones) or bool(set(one.phones) & set(other.phones))


def _unlike(owner: RegisterOwner, old: RegisterOwner) -> tuple[bool, bool]:
    """Rank namesakes: the same number goes before another, a shared phone before none."""
    calls = bool(set(owner.phones) & set(old.phones)) or owner.phones == old.phones
    return owner.id_number != old.id_number, not calls


def _people(owners: Sequence[RegisterOwner]) -> str:
    return "、".join(_person(owner) for owner in owners)


def _person(owner: RegisterOwner) -> str:
    says = [masked(owner.id_number)] if owner.id_number else []
    says += [f"电话{masked(phone)}" for phone in owner.phones]
    says += [f"份额 {owner.share}"] if owner.share else []
    says += ["表决权代表"] if owner.representative else []
    return f"{owner.name}（{'，'.join(says)}）" if says else owner.name


def _square(dm2: int) -> str:
    return f"{dm2 // 100:,}.{dm2 % 100:02d}"
