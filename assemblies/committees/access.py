"""Who stands at the screen, at which estate: the first lines of every view of this room."""

from uuid import UUID

from assemblies.committees.queries.texts import estate_place
from assemblies.foundation import web
from assemblies.foundation.acting import Acting
from assemblies.foundation.permissions import Need, Staff
from assemblies.foundation.pictures import Link
from assemblies.foundation.web import must, reading, site

TABS = (
    ("业委会", "committees.home"),
    ("候选人与联审", "committees.election.candidates"),
    ("备案", "committees.filing.listed"),
    ("移交", "committees.handover.listed"),
    ("换届", "committees.group.listed"),
    ("历届", "committees.history"),
)


class Visit:
    """One request at one estate: where, who, and what they may do there."""

    def __init__(self, estate: UUID, need: Need) -> None:
        """Let those in who may do `need` at the estate; raises `NotFound`, `NotAllowed`."""
        with reading() as session:
            self.place = estate_place(session, estate)
        self.person: Staff = must(need, at=self.place.node)
        self.estate = estate

    def may(self, need: Need) -> bool:
        """Say whether the person may do something else here."""
        return self.person.may(need, at=self.place.node)

    @property
    def acting(self) -> Acting:
        """Return who acts, for the services."""
        by = f"{self.person.display_name}（{self.person.roles_zh}）"
        return Acting(self.estate, by, site().keys)

    def crumbs(self, *ahead: Link) -> tuple[Link, ...]:
        """Return the way to this page; the last is the page itself."""
        first = Link(self.place.name, f"/estates/{self.estate}")
        room = Link("业委会", f"/estates/{self.estate}/committee")
        return (first, room, *ahead)

    def values(self, **more: object) -> dict[str, object]:
        """Return what every template of this room needs."""
        return {
            "place": self.place,
            "visit": self,
            "now": web.now(),
            "needs": Need,
            "tabs": TABS,
            **more,
        }
