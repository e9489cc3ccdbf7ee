"""Where an assembly stands on its way, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from assemblies.agendas.queries.assemblies import AssemblyView
from assemblies.agendas.queries.readiness import Gap
from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.pictures import Phase, Stage
from assemblies.foundation.wording import moment_text, short_day_text

# How many points of the rail lie behind; after `frozen` comes the vote itself.
BEHIND = {
    "draft": 0,
    "reviewed": 2,
    "posted": 3,
    "frozen": 4,
    "closed": 5,
    "opened": 6,
    "counted": 7,
    "certified": 8,
    "published": 9,
}


@dataclass(frozen=True, slots=True)
class Next:
    """The next step: what and why, and the page where it is done ("" while one only waits)."""

    title: str
    text: str
    action: str = ""
    endpoint: str = ""


def phases(view: AssemblyView) -> tuple[Phase, ...]:
    """Return the points of the rail, each with its date."""
    points = (
        ("起草", ""),
        ("报告审阅", _day(view.reviewed_at)),
        ("公告", _day(view.posted_at) or _planned(view.planned_post)),
        ("锁定名册", _day(view.frozen_at)),
        ("投票", _window(view)),
        ("开票", _day(view.opened_at)),
        ("计票公示", _day(view.counted_at)),
        ("核验", _day(view.certified_at)),
        ("公布决定", _day(view.published_at)),
    )
    behind = BEHIND[view.phase]
    return tuple(
        Phase(name, when, _stage(place, behind)) for place, (name, when) in enumerate(points)
    )


_PAGES = (
    ("posted", "公示页（所有人可看）", "board.assembly"),
    ("posted", "表决权名册和异议", "rolls.roll"),
    ("frozen", "投票信和补发", "rolls.letters"),
    ("frozen", "纸质票录入", "desk.home"),
    ("closed", "开票", "counts.opening"),
    ("counted", "计票结果", "counts.result"),
    ("counted", "对结果的异议", "resolutions.objections"),
    ("counted", "核验结果", "resolutions.certify"),
    ("counted", "公布、公告和附件", "resolutions.publish"),
)


def pages(view: AssemblyView) -> tuple[tuple[str, str], ...]:
    """Return the pages there are at this step, name and endpoint, in the order of the steps."""
    behind = BEHIND[view.phase]
    return tuple((name, endpoint) for since, name, endpoint in _PAGES if BEHIND[since] <= behind)


def next_step(view: AssemblyView, gaps: Sequence[Gap], *, now: datetime) -> Next:
    """Say the one thing to do next."""
    if view.editable:
        return _before_posting(view, gaps)
    match view.phase:
        case "posted":
            return _after_the_posting(view, now)
        case "frozen":
            return _around_the_vote(view, now)
        case "counted":
            return _after_the_count(view, now)
        case phase:
            return _AFTER[phase]


def _before_posting(view: AssemblyView, gaps: Sequence[Gap]) -> Next:
    for gap in gaps:
        title, action, endpoint = _MENDS[gap.page]
        return Next(title, gap.said, action, endpoint)
    if view.phase == "draft":
        said = "方案已经齐备。请报告街道办事处或告知社区居民委员会，并把答复记下来。"
        return Next("报告会议方案", said, "记录告知和答复", "agendas.review")
    return Next("张贴公告", "核对公告全文，无误后张贴。", "核对并张贴公告", "agendas.post")


_MENDS = {
    "change": ("写明联系方式和服务点", "去填写", "agendas.change"),
    "register": ("导入业主名册", "去导入名册", "estates.estate"),
    "items": ("完善表决事项", "编辑表决事项", "agendas.items.listed"),
    "rules": ("写明议事规则", "填写议事规则", "agendas.rules"),
    "calendar": ("安排日期", "安排日期", "agendas.calendar"),
}


def _after_the_posting(view: AssemblyView, now: datetime) -> Next:
    over = _draft_roll_over(view, now)
    if over is not None and now < over:
        said = f"业主可以对名册提出异议。{moment_text(over)} 起，异议都答复了就可以锁定名册。"
        return Next("公示名册，受理异议", said, "查看名册和异议", "rolls.roll")
    said = "公示期已满。异议都答复以后，请在投票开始前锁定名册、议程和规则。"
    return Next("锁定名册", said, "去锁定", "rolls.freeze")


def _draft_roll_over(view: AssemblyView, now: datetime) -> datetime | None:
    """Return the moment at which the draft roll has been posted long enough (SD 22)."""
    rules = view.rules(now)
    if view.posted_at is None or not rules.has("draft_roll_days"):
        return None
    day = in_china(view.posted_at).date() + rules.days("draft_roll_days")
    return datetime.combine(day, time(), CHINA)


def _after_the_count(view: AssemblyView, now: datetime) -> Next:
    if view.objections_until is not None and now < view.objections_until:
        said = f"初步结果公示到 {moment_text(view.objections_until)}，期间可以提出异议。"
        return Next("公示初步结果", said, "查看结果和异议", "counts.result")
    said = "公示期已满。异议都答复以后，由街道核验确认。"
    return Next("核验结果", said, "去核验", "resolutions.certify")


def _around_the_vote(view: AssemblyView, now: datetime) -> Next:
    if view.opens_at is not None and now < view.opens_at:
        said = f"名册已锁定。请打印投票信并逐户送达，{moment_text(view.opens_at)} 开始投票。"
        return Next("送达投票信", said, "打印投票信", "rolls.letters")
    if view.closes_at is not None and now < view.closes_at:
        said = f"投票进行中，{moment_text(view.closes_at)} 自动截止。"
        return Next("投票进行中", said, "查看参与情况", "board.assembly")
    return Next("正在截止", "投票时间已到，系统正在截止，请稍候刷新。")


_AFTER = {
    "closed": Next("开票", "投票已截止。请保管人到场，用口令开票。", "去开票", "counts.opening"),
    "opened": Next("计票", "票已经打开，下一步计票并公示初步结果。", "去计票", "counts.count"),
    "certified": Next("公布决定", "结果已核验，请编号公布。", "去公布", "resolutions.publish"),
    "published": Next("已经公布", "决定已经公布，全部存证可以下载。", "看公示页", "board.assembly"),
}


def _stage(place: int, behind: int) -> Stage:
    if place < behind:
        return "done"
    return "now" if place == behind else "ahead"


def _day(moment: datetime | None) -> str:
    return "" if moment is None else short_day_text(moment)


def _planned(moment: datetime | None) -> str:
    return "" if moment is None else f"计划 {short_day_text(moment)}"


def _window(view: AssemblyView) -> str:
    if view.opens_at is None or view.closes_at is None:
        return ""
    return f"{short_day_text(view.opens_at)}—{short_day_text(view.closes_at)}"
