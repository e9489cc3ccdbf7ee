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


_LOOK = {Need.SEE_ESTATE, Need.SEE_ASSEMBLY}
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
}
_OVERSEER = _LOOK | {Need.SEE_REGISTER, Need.REVIEW, Need.CERTIFY, Need.SEE_EVIDENCE}

GRANTED: dict[Role, frozenset[Need]] = {
    Role.AUTHORITY: frozenset(_LOOK | {Need.SEE_EVIDENCE}),
    Role.STREET: frozenset(_OVERSEER),
    Role.COMMUNITY: frozenset(_LOOK | {Need.SEE_REGISTER, Need.REVIEW}),
    Role.DIRECTOR: frozenset(_CONVENER),
    Role.MEMBER: frozenset(_LOOK | {Need.SEE_REGISTER}),
    Role.PREPARATORY: frozenset(_CONVENER),
    Role.TELLER: frozenset(_LOOK | {Need.PRINT_LETTERS, Need.KEY_PAPER, Need.COUNT}),
    Role.LIAISON: frozenset(_LOOK),
    Role.SCRUTINEER: frozenset(_LOOK | {Need.KEEP_KEY}),
    Role.SEAL_KEEPER: frozenset(_LOOK),
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
