"""The demonstration's administrative tree and the accounts on it, each with a fresh password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.cli.demo_estate import NAME
from assemblies.foundation.permissions import Role
from assemblies.staff import services as staff

AUTHORITY, STREET, COMMUNITY = "示例市住房保障服务中心", "示例街道办事处", "和平里社区居民委员会"


@dataclass(frozen=True, slots=True)
class Post:
    """An account to be opened: its name, whose it is, the role and where it is held."""

    username: str
    display_name: str
    role: Role
    place: str


POSTS = (
    Post("director", "林海生", Role.DIRECTOR, "estate"),
    Post("scrutineer", "高玉兰", Role.SCRUTINEER, "estate"),
    Post("teller", "周明", Role.TELLER, "estate"),
    Post("street", STREET, Role.STREET, "street"),
    Post("community", COMMUNITY, Role.COMMUNITY, "community"),
    Post("authority", AUTHORITY, Role.AUTHORITY, "authority"),
    Post("administrator", "系统管理员", Role.ADMINISTRATOR, "authority"),
)
KEEPER = POSTS[1].display_name


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in; the password is known at this moment only."""

    post: Post
    account: UUID
    password: str


@dataclass(frozen=True, slots=True)
class Team:
    """The estate's node and everybody who works there."""

    node: UUID
    sign_ins: tuple[SignIn, ...]

    def account(self, username: str) -> UUID:
        """Return an account of the team."""
        return next(one.account for one in self.sign_ins if one.post.username == username)


def install(session: Session, *, now: datetime) -> Team:
    """Grow the tree from authority to estate and open every account of the demonstration."""
    nodes: dict[str, UUID] = {}
    above: UUID | None = None
    for kind, name in (
        ("authority", AUTHORITY),
        ("street", STREET),
        ("community", COMMUNITY),
        ("estate", NAME),
    ):
        above = nodes[kind] = staff.add_node(session, kind, name, above)
    sign_ins = tuple(_open(session, post, nodes[post.place], now) for post in POSTS)
    return Team(nodes["estate"], sign_ins)


def _open(session: Session, post: Post, node: UUID, now: datetime) -> SignIn:
    password = staff.new_password()
    account = staff.open_account(session, post.username, post.display_name, password, now=now)
    staff.grant(session, account, post.role, node)
    return SignIn(post, account, password)
