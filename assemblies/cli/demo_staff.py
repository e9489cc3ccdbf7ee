"""Where the demonstration lives: the tree, the estate, and accounts with fresh passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.cli import demo_estate
from assemblies.cli.demo_people import invented_name
from assemblies.cli.rehearsal import Officials
from assemblies.estates.services.estates import Particulars, create_estate
from assemblies.estates.services.imports import Upload, import_register
from assemblies.foundation.permissions import Role
from assemblies.foundation.secrets import Keys
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff

AUTHORITY, STREET, COMMUNITY = "示例市住房保障服务中心", "示例街道办事处", "和平里社区居民委员会"


@dataclass(frozen=True, slots=True)
class Post:
    """An account to be opened: its name, whose it is, the role and where it is held."""

    username: str
    display_name: str
    role: Role
    place: str
    also: Role | None = None

    @property
    def roles_zh(self) -> str:
        """Return the roles in words."""
        return self.role.value if self.also is None else f"{self.role.value}、{self.also.value}"


KEEPER = "高玉兰"  # of the opening key
# The owners who are elected to the committee, by their numbers among the invented people.
ELECTED = (5, 13, 22, 34, 47)
POSTS = (
    Post("director", invented_name(ELECTED[0]), Role.DIRECTOR, "estate"),
    Post("vice", invented_name(ELECTED[1]), Role.MEMBER, "estate"),
    Post("keeper", invented_name(ELECTED[2]), Role.MEMBER, "estate", Role.SEAL_KEEPER),
    Post("fourth", invented_name(ELECTED[3]), Role.MEMBER, "estate"),
    Post("fifth", invented_name(ELECTED[4]), Role.MEMBER, "estate"),
    Post("scrutineer", KEEPER, Role.SCRUTINEER, "estate"),
    Post("teller", "周明", Role.TELLER, "estate"),
    Post("street", STREET, Role.STREET, "street"),
    Post("community", COMMUNITY, Role.COMMUNITY, "community"),
    Post("authority", AUTHORITY, Role.AUTHORITY, "authority"),
    Post("administrator", "系统管理员", Role.ADMINISTRATOR, "authority"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in; the password is known at this moment only."""

    post: Post
    account: UUID
    password: str


@dataclass(frozen=True, slots=True)
class Team:
    """The estate and everybody who works for it."""

    estate: UUID
    sign_ins: tuple[SignIn, ...]

    def account(self, username: str) -> UUID:
        """Return an account of the team."""
        return next(one.account for one in self.sign_ins if one.post.username == username)


def settle(session: Session, keys: Keys, *, now: datetime) -> Team:
    """Grow the tree down to the estate, open every account, and import the estate's register."""
    authority = staff.add_node(session, "authority", AUTHORITY, None)
    street = staff.add_node(session, "street", STREET, authority)
    community = staff.add_node(session, "community", COMMUNITY, street)
    particulars = Particulars(
        demo_estate.NAME, demo_estate.ADDRESS, demo_estate.DEVELOPER, demo_estate.CONTACT
    )
    estate = create_estate(session, particulars, parent=community, now=now)
    nodes = {
        "authority": authority,
        "street": street,
        "community": community,
        "estate": session.get_one(EstateRecord, estate).node_id,
    }
    team = Team(estate, tuple(_open(session, post, nodes[post.place], now) for post in POSTS))
    upload = Upload(demo_estate.FILE, demo_estate.register())
    import_register(session, estate, upload, keys, by=team.account("director"), now=now)
    return team


def officials(team: Team) -> Officials:
    """Return who acts for the demonstration, with a fresh passphrase for the opening key."""
    return Officials(
        convener=team.account("director"),
        community=COMMUNITY,
        street=STREET,
        keeper=KEEPER,
        passphrase=staff.new_password(),
    )


def _open(session: Session, post: Post, node: UUID, now: datetime) -> SignIn:
    password = staff.new_password()
    account = staff.open_account(session, post.username, post.display_name, password, now=now)
    for role in (post.role, post.also):
        if role is not None:
            staff.grant(session, account, role, node)
    return SignIn(post, account, password)
