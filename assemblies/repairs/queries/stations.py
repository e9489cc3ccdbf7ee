"""The four stations of an application in their order, and who decides at each."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.pictures import FileLink
from assemblies.records.repairs import StationRecord

STATIONS = ("committee", "community", "street", "authority")
_WORDS = {
    "committee": "业主委员会",
    "community": "社区居民委员会",
    "street": "街道办事处",
    "authority": "物业主管部门",
}
_NEEDS = {
    "committee": Need.CLEAR_COMMITTEE,
    "community": Need.CLEAR_COMMUNITY,
    "street": Need.CLEAR_STREET,
    "authority": Need.CLEAR_AUTHORITY,
}


def station_words(station: str) -> str:
    """Return a station as people call it."""
    return _WORDS[station]


def station_need(station: str) -> Need:
    """Return what one needs to decide at a station."""
    return _NEEDS[station]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of an application: where, since when, until when, and what was said."""

    id: UUID
    station: str
    station_zh: str
    round: int
    note: str
    files: tuple[FileLink, ...]
    entered_at: datetime
    due_on: date
    decided_at: datetime | None
    decision: str
    reasons: str
    decided_by: str
    late: bool

    @property
    def decision_zh(self) -> str:
        """Say what the station decided, or that it is still to."""
        words = {"approved": "同意", "returned": "退回"}
        return words.get(self.decision, "逾期未办" if self.late else "正在审核")


def stop_of(record: StationRecord, files: tuple[FileLink, ...], now: datetime) -> Stop:
    """Return a stop as pages show it; late after its last day, decided late or not yet."""
    until = in_china(record.decided_at or now).date()
    return Stop(
        id=record.id,
        station=record.station,
        station_zh=station_words(record.station),
        round=record.round,
        note=record.note,
        files=files,
        entered_at=record.entered_at,
        due_on=record.due_on,
        decided_at=record.decided_at,
        decision=record.decision,
        reasons=record.reasons,
        decided_by=record.decided_by,
        late=until > record.due_on,
    )
