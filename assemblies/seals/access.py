"""Who is at the screen, for the verbs of this room."""

from dataclasses import dataclass
from uuid import UUID

from assemblies.foundation.permissions import Need
from assemblies.foundation.places import Place
from assemblies.foundation.web import must, reading, site
from assemblies.seals.queries.seals import place as place_of
from assemblies.seals.services.pen import Actor


@dataclass(frozen=True, slots=True)
class Here:
    """An estate and who acts there."""

    place: Place
    actor: Actor


def here(estate: UUID, need: Need) -> Here:
    """Return the estate and the person, if they may do this there; raises `NotAllowed`."""
    with reading() as session:
        place = place_of(session, estate)
    person = must(need, at=place.node)
    said = f"{person.display_name}（{person.roles_zh}）"
    runs = person.may(Need.RUN_COMMITTEE, at=place.node)
    return Here(place, Actor(estate, person.id, said, site().keys, runs=runs))
