"""Who may do what: one table, and the value that a signed-in member of staff is.

A role is granted on a node of the administrative tree and reaches down (DESIGN 7). The street
sees and orders in its area but never votes or edits; liaisons see participation, never choices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Role(Enum):
    """What somebody is, with the word on the screen."""

    AUTHORITY = "物业主管部门"
    STREET = "街道办事处"
    COMMUNITY = "社区居委会"
    DIRECTOR = "业委会主任"
    MEMBER = "业委会委员"
    PREPARATORY = "筹备组成员"
    TELLER = "计票人"
    LIAISON = "楼栋联络员"
    SCRUTINEER = "监票人"
    SEAL_KEEPER = "印章保管人"
    ADMINISTRATOR = "系统管理员"


class Need(Enum):
    """What a route asks of the one who calls it."""

    PUBLIC = "任何人"
    VOTER = "凭信件登录的业主"
    STAFF = "已登录的工作人员"
    SEE_ESTATE = "查看小区"
    SEE_REGISTER = "查看业主名册"
    EDIT_REGISTER = "维护业主名册"
    SEE_ASSEMBLY = "查看业主大会会议"
    CONVENE = "筹办业主大会会议"
    REVIEW = "审阅会议方案"
    FREEZE = "锁定表决权名册"
    PRINT_LETTERS = "打印投票信"
    KEY_PAPER = "录入纸质票"
    KEEP_KEY = "保管开票钥匙"
    COUNT = "计票"
    ANSWER = "答复异议"
    CERTIFY = "核验确认结果"
    PUBLISH = "公布结果"
    SEE_EVIDENCE = "下载存证包（监督版）"
    MANAGE_STAFF = "管理账号"
    SEE_DECISIONS = "查看决议台账和待办事项"
    RUN_COMMITTEE = "办理业委会事务"
    SIGN_AS_MEMBER = "以委员身份签字"
    SEE_COMMITTEE = "查看业委会档案"
    PREPARE_ELECTION = "筹备选举和换届"
    FORM_GROUP = "组建筹备组、换届小组"
    REVIEW_CANDIDATE = "出具联审意见"
    DECIDE_FILING = "办理备案"
    SEE_SEALS = "查看印章和用印"
    KEEP_SEAL = "保管印章"
    SEE_FUND = "查看维修资金"
    KEEP_FUND = "维修资金记账"
    RUN_REPAIR = "办理维修项目"
    CLEAR_COMMITTEE = "业委会审核维修申请"
    CLEAR_COMMUNITY = "社区审核维修申请"
    CLEAR_STREET = "街道审核维修申请"
    CLEAR_AUTHORITY = "主管部门审核维修申请"
    SEE_SUPERVISION = "查看监督纪实"
    NOTE = "写监督记事"
    RECEIVE_REPORT = "签收定期报告"
    ORDER = "责令改正和撤销"
    SEE_CONSOLE = "查看监督台"
    KEEP_MONTH = "填报月报表"


_LOOK = {Need.SEE_ESTATE, Need.SEE_ASSEMBLY}
_AFFAIRS = {
    Need.SEE_DECISIONS,
    Need.SEE_COMMITTEE,
    Need.SEE_SEALS,
    Need.SEE_FUND,
    Need.SEE_SUPERVISION,
}
_CONVENER = _LOOK | {
    Need.SEE_REGISTER,
    Need.EDIT_REGISTER,
    Need.CONVENE,
    Need.FREEZE,
    Need.PRINT_LETTERS,
    Need.KEY_PAPER,
    Need.COUNT,
    Need.ANSWER,
    Need.PUBLISH,
    Need.PREPARE_ELECTION,
}
_OVERSEER = _LOOK | _AFFAIRS | {Need.SEE_CONSOLE, Need.NOTE}

GRANTED: dict[Role, frozenset[Need]] = {
    Role.AUTHORITY: frozenset(
        _LOOK
        | _AFFAIRS
        | {
            Need.SEE_EVIDENCE,
            Need.SEE_CONSOLE,
            Need.ORDER,
            Need.DECIDE_FILING,
            Need.REVIEW_CANDIDATE,
            Need.KEEP_FUND,
            Need.CLEAR_AUTHORITY,
            Need.KEEP_MONTH,
        }
    ),
    Role.STREET: frozenset(
        _OVERSEER
        | {
            Need.SEE_REGISTER,
            Need.REVIEW,
            Need.CERTIFY,
            Need.SEE_EVIDENCE,
            Need.FORM_GROUP,
            Need.REVIEW_CANDIDATE,
            Need.DECIDE_FILING,
            Need.KEEP_SEAL,
            Need.CLEAR_STREET,
            Need.RECEIVE_REPORT,
            Need.ORDER,
            Need.KEEP_MONTH,
        }
    ),
    Role.COMMUNITY: frozenset(
        _OVERSEER
        | {
            Need.SEE_REGISTER,
            Need.REVIEW,
            Need.KEEP_SEAL,
            Need.CLEAR_COMMUNITY,
            Need.RECEIVE_REPORT,
        }
    ),
    Role.DIRECTOR: frozenset(
        _CONVENER
        | _AFFAIRS
        | {
            Need.RUN_COMMITTEE,
            Need.SIGN_AS_MEMBER,
            Need.KEEP_FUND,
            Need.RUN_REPAIR,
            Need.CLEAR_COMMITTEE,
        }
    ),
    Role.MEMBER: frozenset(_LOOK | _AFFAIRS | {Need.SEE_REGISTER, Need.SIGN_AS_MEMBER}),
    Role.PREPARATORY: frozenset(_CONVENER | _AFFAIRS),
    Role.TELLER: frozenset(_LOOK | {Need.PRINT_LETTERS, Need.KEY_PAPER, Need.COUNT}),
    Role.LIAISON: frozenset(_LOOK),
    Role.SCRUTINEER: frozenset(_LOOK | {Need.KEEP_KEY}),
    Role.SEAL_KEEPER: frozenset(_LOOK | {Need.SEE_DECISIONS, Need.SEE_SEALS, Need.KEEP_SEAL}),
    # Keeps accounts, sees no register and no ballot: the machine's keeper is not the vote's.
    Role.ADMINISTRATOR: frozenset({Need.SEE_ESTATE, Need.MANAGE_STAFF}),
}

# Needs that no role grants: anybody, a voter by letter, any member of staff.
OUTSIDE_ROLES = frozenset({Need.PUBLIC, Need.VOTER, Need.STAFF})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held on a node, with every estate node below it."""

    role: Role
    node: UUID
    reach: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in member of staff. Flask-Login asks for the four properties at the end."""

    id: UUID
    username: str
    display_name: str
    session_mark: str
    grants: tuple[Grant, ...]

    def may(self, need: Need, *, at: UUID) -> bool:
        """Say whether any of the grants that reach node `at` carries `need`."""
        return any(need in GRANTED[grant.role] and at in grant.reach for grant in self.grants)

    def may_somewhere(self, need: Need) -> bool:
        """Say whether any grant carries `need`, wherever it lies."""
        return any(need in GRANTED[grant.role] for grant in self.grants)

    def nodes(self, need: Need) -> frozenset[UUID]:
        """Return the nodes where this person may do `need`."""
        reaches: Iterable[frozenset[UUID]] = (
            grant.reach for grant in self.grants if need in GRANTED[grant.role]
        )
        return frozenset().union(*reaches)

    @property
    def roles_zh(self) -> str:
        """Return the roles in words."""
        return "、".join(dict.fromkeys(grant.role.value for grant in self.grants))

    @property
    def is_authenticated(self) -> bool:
        """Return true: a `Staff` value is only made for a valid session."""
        return True

    @property
    def is_active(self) -> bool:
        """Return true: disabled accounts never become a `Staff` value."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """Return false."""
        return False

    def get_id(self) -> str:
        """Return what the session cookie keeps: account and its session mark."""
        return f"{self.id}/{self.session_mark}"
