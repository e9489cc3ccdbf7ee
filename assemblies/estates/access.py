"""Who may see an estate here, and who may change it."""

from uuid import UUID

from assemblies.estates.queries.estates import Head, head
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, reading


def granted(estate: UUID, need: Need) -> Head:
    """Return an estate at which the caller may do this; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        found = head(session, estate)
    must(need, at=found.node)
    return found
