"""What follows from an item that was decided: which duties, who does them, and on which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from voting.agenda import Item, ItemKind
from voting.law.duties import Duty, due, duties
from voting.law.matters import Matter
from voting.law.rules import Rules

POSTING = "decision_posted_days"
SIGNING, FILING, DISMISSAL = (
    "contract_signing_days",
    "contract_filing_days",
    "dismissal_notice_days",
)
ELECTION = ("first_committee_meeting_days", "filing_days", "certificate_days", "handover_days")
# Words of a motion that ends a contract: what follows is the notice, not another contract.
_ENDING = ("解聘", "解除", "终止", "不再续聘", "不续聘")
# Words of a motion after which there is no contract to sign: how to choose, or to do it oneself.
_NO_CONTRACT = ("自行管理", "自管", "选聘方式", "选聘方案", "招标方案")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its name, whose it is, and the page of the estate where it is done.

    `page` "" is done in the calendar itself, with a proof; "*" is the resolution's own page.
    """

    title: str
    who: str = "committee"
    page: str = ""

    def href(self, estate: UUID, resolution: UUID) -> str:
        """Return the address of the page where it is done, "" for the calendar itself."""
        if self.page == "*":
            return f"/estates/{estate}/resolutions/{resolution}"
        return f"/estates/{estate}/{self.page}" if self.page else ""


# Rights to sue and periods of keeping are no tasks: the resolution's page says them as facts.
TASKS: Mapping[str, Task] = {
    POSTING: Task("张贴决定公告", page="*"),
    "change_told_days": Task("把变更情况告知主管部门和街道"),
    "first_committee_meeting_days": Task("召开业委会第一次会议", page="meetings"),
    "filing_days": Task("办理业委会备案", page="committee"),
    "certificate_days": Task("取得备案证明和刻章证明", "authority", "committee"),
    "handover_days": Task("上一届移交印章、档案和钱物", page="committee"),
    SIGNING: Task("签订物业服务合同", page="*"),
    FILING: Task("物业服务合同备案", "manager", "*"),
    DISMISSAL: Task("解聘通知期满，办好交接", page="*"),
    "fund_station_days": Task("办理维修资金使用申请", page="repairs"),
    "refill_notice_days": Task("通知业主续交维修资金，办理交存"),
}


def posting(decided_on: date, rules: Rules) -> tuple[Duty, ...]:
    """Return the duty to post a decision, whatever it is (SD 32)."""
    return (due(POSTING, decided_on, rules),) if rules.has(POSTING) else ()


def after(item: Item, decided_on: date, rules: Rules) -> tuple[Duty, ...]:
    """Return the duties of an item that passed, those that wait for an event last.

    LAW.md D1-D17; which of a matter's periods apply follows from what was decided.
    """
    names = _names(item)
    found = duties(item.matter, decided_on, rules)
    asked = [_dated(duty, decided_on, rules) for duty in found if duty.name in {POSTING, *names}]
    return tuple(sorted(asked, key=lambda duty: (duty.due is None, duty.due or decided_on)))


def ends_a_contract(item: Item) -> bool:
    """Say whether an item dismisses a manager (CC 946)."""
    return (
        item.matter is Matter.MANAGER
        and item.kind is ItemKind.DECISION
        and any(word in item.title for word in _ENDING)
    )


def _dated(duty: Duty, decided_on: date, rules: Rules) -> Duty:
    """Let the owners' vote itself be the day on which the company was chosen."""
    return due(SIGNING, decided_on, rules) if duty.name == SIGNING else duty


def _names(item: Item) -> tuple[str, ...]:
    if item.matter is Matter.COMMITTEE:
        return ELECTION if item.kind is ItemKind.ELECTION else ()
    if item.matter is Matter.MANAGER:
        return _of_manager(item)
    return tuple(TASKS)


def _of_manager(item: Item) -> tuple[str, ...]:
    """Tell a company's hiring from its dismissal and from what needs no contract (D6, D7, D16)."""
    if ends_a_contract(item):
        return (DISMISSAL,)
    decision = item.kind is ItemKind.DECISION
    if decision and any(word in item.title for word in _NO_CONTRACT):
        return ()
    return SIGNING, FILING
