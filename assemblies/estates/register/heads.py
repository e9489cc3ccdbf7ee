"""Who is one person and who votes as one head (人数), by the court's counting rule.

Law: SPC interpretation art. 9 -- a part is one head; several parts of one buyer are one; what the
developer has not sold or not handed over is one together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from assemblies.estates.register.names import name_key
from assemblies.estates.register.values import ExistingPart, PartKey, RegisterOwner, Sums, Use

PersonKey: TypeAlias = tuple[str, ...]


class Persons:
    """Tells which owners of a register are the same person.

    An ID that agrees makes one person. Without an ID, name and phone do; name alone never does.
    """

    def __init__(self, parts: Iterable[ExistingPart]) -> None:
        """Learn the persons of a register."""
        self._by_contact: dict[tuple[str, str], set[str]] = defaultdict(set)
        for part in parts:
            for owner in part.owners:
                if owner.id_number:
                    for phone in owner.phones:
                        self._by_contact[name_key(owner.name), phone].add(owner.id_number)

    def known_by_contact(self, owner: RegisterOwner) -> frozenset[str]:
        """Return the IDs under which the register knows this name with one of these phones."""
        name = name_key(owner.name)
        found = (self._by_contact.get((name, phone), set()) for phone in owner.phones)
        return frozenset().union(*found)

    def key(self, owner: RegisterOwner, part: PartKey, position: int) -> PersonKey:
        """Return what stands for the person who owns `part` in this position."""
        if owner.id_number:
            return ("id", owner.id_number)
        known = self.known_by_contact(owner)
        if len(known) == 1:
            return ("id", *known)
        if owner.phones:
            return ("contact", name_key(owner.name), owner.phones[0])
        return ("alone", *part, str(position))

    def owners_of(self, part: ExistingPart) -> frozenset[PersonKey]:
        """Return the persons who own a part together."""
        return frozenset(self.key(owner, part.key, at) for at, owner in enumerate(part.owners))


def sums(parts: Sequence[ExistingPart], uses: Collection[Use] = frozenset(Use)) -> Sums:
    """Add up the parts of the given uses: parts, area, persons, heads.

    Law: SPC interpretation art. 8 and 9.
    """
    counted = [part for part in parts if part.use in uses]
    persons = Persons(parts)
    sold = {
        persons.owners_of(part) or frozenset({("part", *part.key)})
        for part in counted
        if not part.status.developers
    }
    developer = any(part.status.developers for part in counted)
    everyone = {person for part in counted for person in persons.owners_of(part)}
    area = sum(part.area_dm2 for part in counted)
    return Sums(len(counted), area, len(everyone), len(sold) + developer)
