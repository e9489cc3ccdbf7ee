"""Who may see an estate's money, and who acts on it in whose name."""

from uuid import UUID

from assemblies.foundation.acting import Actor
from assemblies.foundation.permissions import Need, Staff
from assemblies.foundation.web import must, reading, site
from assemblies.funds.queries.known import Place
from assemblies.funds.queries.places import place


def granted(estate: UUID, need: Need) -> tuple[Place, Staff]:
    """Return an estate and the caller who may do this there; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        found = place(session, estate)
    return found, must(need, at=found.node)


def actor(person: Staff) -> Actor:
    """Return who acts, in words, with the keys of this site."""
    return Actor(f"{person.display_name}（{person.roles_zh}）", site().keys)
