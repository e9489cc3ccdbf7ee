"""What every view of the supervision room begins with: the estate, and who may look at it."""

from dataclasses import dataclass
from uuid import UUID

from assemblies.foundation.permissions import Need, Staff
from assemblies.foundation.web import must, reading
from assemblies.supervision.queries import stream


@dataclass(frozen=True, slots=True)
class Seen:
    """An estate and the member of staff who looks at it."""

    place: stream.Place
    person: Staff

    @property
    def by(self) -> str:
        """Return the person as the record names them."""
        return f"{self.person.display_name}（{self.person.roles_zh}）"

    def may(self, need: Need) -> bool:
        """Say whether this person may do something here."""
        return self.person.may(need, at=self.place.node)


def seen(estate: UUID, need: Need = Need.SEE_SUPERVISION) -> Seen:
    """Return an estate for somebody who may `need` there; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        place = stream.place(session, estate)
    return Seen(place, must(need, at=place.node))
