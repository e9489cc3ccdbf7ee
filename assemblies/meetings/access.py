"""Who sees a committee's meetings here, and who acts for the committee."""

from uuid import UUID

from assemblies.foundation import web
from assemblies.foundation.acting import Acting
from assemblies.foundation.permissions import Need
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.web import must, reading, site
from assemblies.meetings.queries import meetings as queries
from assemblies.meetings.shown import MeetingView


def place_seen(estate: UUID, need: Need) -> tuple[Place, Acting]:
    """Return an estate at which the caller may do `need`; raises `NotFound`, `NotAllowed`."""
    with reading() as session:
        place = queries.place_of(session, estate)
    return place, acting_at(place, need)


def meeting_seen(estate: UUID, meeting: UUID, need: Need) -> tuple[MeetingView, Acting]:
    """Return a meeting of an estate for which the caller may do `need`.

    Raises `NotFound`, also for a meeting of another estate, and `NotAllowed`.
    """
    with reading() as session:
        view = queries.meeting_of(session, meeting, now=web.now())
    acting = acting_at(view.place, need)
    if view.place.id != estate:
        raise NotFound
    return view, acting


def acting_at(place: Place, need: Need) -> Acting:
    """Return the caller as the record names them; raises `NotAllowed`."""
    person = must(need, at=place.node)
    return Acting(place.id, f"{person.display_name}（{person.roles_zh}）", site().keys)
