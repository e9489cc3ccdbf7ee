"""A committee with a seal in its keeper's hands, and uses carried as far as a test needs."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from sqlalchemy.orm import Session

from assemblies.foundation.permissions import Role
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.committees import MemberRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seals import SealUseRecord
from assemblies.seals.services import applying, keeping, signing, stamping
from assemblies.seals.services.applying import Application
from assemblies.seals.services.keeping import SealDraft
from assemblies.seals.services.pen import Actor
from assemblies.staff import services as staff
from tests.support.committee import in_office, resolved
from tests.support.households import PNG
from voting.log.seals import SealKind

NOWHERE = UUID(int=0)
MINUTE = timedelta(minutes=1)
STROKE = b"10 10 m 90 90 l S"


def paper(*pages: bytes) -> bytes:
    """Return a PDF whose pages hold these drawing operators, none for a blank page."""
    writer = PdfWriter()
    for drawn in pages:
        page = writer.add_blank_page(300, 300)
        if drawn:
            stream = DecodedStreamObject()
            stream.set_data(drawn)
            page[NameObject("/Contents")] = writer._add_object(stream)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


CONTRACT = paper(STROKE)


def photograph(shade: int = 200, name: str = "盖章页.png") -> Upload:
    """Return a small picture of one shade; other shades are other photographs."""
    picture = BytesIO()
    Image.new("L", (8, 8), shade).save(picture, "PNG")
    return Upload(name, picture.getvalue())


@dataclass(slots=True)
class Sealed:
    """An estate whose committee has a seal, a keeper, and a resolution that covers a contract."""

    session: Session
    estate: UUID
    keys: Keys
    now: datetime
    members: tuple[MemberRecord, ...]
    basis: ResolutionRecord
    minute: ResolutionRecord
    seal: UUID = NOWHERE
    # Each application brings a paper of its own.
    papers: Iterator[int] = field(default_factory=itertools.count)

    def actor(self, position: int, *, runs: bool | None = None) -> Actor:
        """Return the member at a position as one who acts; the first is the chair."""
        member = self.members[position]
        assert member.account_id is not None
        return Actor(
            self.estate,
            member.account_id,
            f"{member.name}（业委会委员）",
            self.keys,
            runs=position == 0 if runs is None else runs,
        )

    @property
    def keeper(self) -> Actor:
        """Return the keeper: the third member."""
        return self.actor(2)

    def stranger(self, role: Role, name: str, *, node: UUID | None = None) -> Actor:
        """Return somebody with an account and a role, at this estate unless told otherwise."""
        account = staff.open_account(
            self.session, f"s-{uuid4().hex[:8]}", name, "correct-horse-battery", now=self.now
        )
        at = node or place_of(self.session, self.estate).node
        staff.grant(self.session, account, role, at)
        return Actor(self.estate, account, f"{name}（{role.value}）", self.keys)

    def make(self, kind: SealKind = SealKind.COMMITTEE) -> UUID:
        """Make a seal that nobody keeps yet."""
        draft = SealDraft(kind, f"和平里小区{kind.words}", Upload("刻章证明.png", PNG))
        return keeping.make_seal(self.session, self.actor(0), draft, now=self.now)

    def kept(self, kind: SealKind = SealKind.COMMITTEE) -> UUID:
        """Make a seal and hand it to the keeper."""
        seal = self.make(kind)
        self.hand(seal, self.keeper)
        return seal

    def hand(self, seal: UUID, keeper: Actor) -> None:
        """Hand a seal to somebody who accepts it."""
        keeping.offer_seal(self.session, self.actor(0), seal, keeper.account, now=self.now)
        keeping.accept_seal(self.session, keeper, seal, now=self.now)

    def asked(self, **changes: object) -> Application:
        """Return an application for a contract in two copies."""
        asked = Application(
            seal=self.seal,
            title="电梯维修合同",
            document=Upload("合同.pdf", CONTRACT + b"%%%d" % next(self.papers)),
            document_kind="contract",
            copies=2,
            purpose="签订电梯维修合同",
            receiver="示例电梯公司",
            basis=self.basis.id,
            covers="决议同意由示例电梯公司维修1号楼电梯，这份合同就是它的合同",
        )
        return replace(asked, **changes)  # type: ignore[arg-type]

    def apply(self, by: int = 1, /, **changes: object) -> UUID:
        """Apply for a use."""
        return applying.apply(self.session, self.actor(by), self.asked(**changes), now=self.now)

    def sign(self, use: UUID, *positions: int) -> None:
        """Let members sign, a minute apart."""
        for position in positions:
            self.now += MINUTE
            signing.sign(self.session, self.actor(position), use, now=self.now)

    def stamp(self, use: UUID, *photographs: Upload, copies: int = 2) -> None:
        """Let the keeper stamp."""
        self.now += MINUTE
        stamping.stamp(self.session, self.keeper, use, copies, photographs, now=self.now)

    def close(self, use: UUID) -> None:
        """Close a use."""
        closing = stamping.Closing("孙丽", self.now)
        self.now += MINUTE
        stamping.close(self.session, self.keeper, use, closing, now=self.now)

    def stamped(self, *photographs: Upload) -> UUID:
        """Carry a use up to its stamp."""
        use = self.apply()
        self.sign(use, 0, 1, 3)
        self.stamp(use, *photographs)
        return use

    def closed(self, shade: int = 200) -> UUID:
        """Carry a use to its end."""
        use = self.stamped(photograph(shade))
        self.close(use)
        return use

    def use(self, use: UUID) -> SealUseRecord:
        """Return the record of a use."""
        return self.session.get_one(SealUseRecord, use)


def sealed(
    session: Session, estate: UUID, keys: Keys, now: datetime, *, members: int = 5
) -> Sealed:
    """Seat a committee with its seal in the keeper's hands and a resolution for a contract."""
    seated = in_office(session, estate, now, members=members)
    basis = resolved(session, estate, now, title="更换1号楼电梯并签订合同", matter=4)
    minute = resolved(session, estate, now, title="电梯保养", body="committee", matter=0)
    made = Sealed(session, estate, keys, now, seated, basis, minute)
    made.seal = made.kept()
    return made
