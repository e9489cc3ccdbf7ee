"""The stamp: by the keeper of that moment, on as many copies as were asked, with photographs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.foundation.uploads import PDF, Upload, checked
from assemblies.foundation.wording import moment_text
from assemblies.records.duties import Done, fulfil
from assemblies.records.files import FileRecord, files_of, keep
from assemblies.records.seals import APPROVED, CLOSED, KEPT, STAMPED, SealRecord, SealUseRecord
from assemblies.records.supervision import digest_of
from assemblies.seals.queries import bases
from assemblies.seals.services.applying import LONGEST, written
from assemblies.seals.services.keeping import require_eligible
from assemblies.seals.services.pen import Actor, Pen, pen_of
from assemblies.seals.services.signing import STAMP_DUTY
from voting.canonical import Plain
from voting.log import seals

MOST_PHOTOGRAPHS = 30


@dataclass(frozen=True, slots=True)
class Closing:
    """Who stood by when it was stamped, when the seal was back in its place, and a remark."""

    witness: str
    returned: datetime
    note: str = ""

    @property
    def said(self) -> str:
        """Return the closing as the log keeps it."""
        back = f"监印人：{self.witness.strip()}；印章 {moment_text(self.returned)} 归还"
        return f"{back}；{self.note.strip()}" if self.note.strip() else back


def stamp(
    session: Session,
    actor: Actor,
    use: UUID,
    copies: int,
    photographs: Sequence[Upload],
    *,
    now: datetime,
) -> None:
    """Record that the keeper stamped; photographs may follow.

    Raises `NotAllowed` for anybody but the keeper of this moment, `WrongStep` before enough
    signed or with a seal that is no more, `Incomplete` for other copies or a fallen basis.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.use(use)
    seal = _ready(pen, record, actor)
    if copies != record.copies:
        raise Incomplete(f"申请的是 {record.copies} 份，只能盖 {record.copies} 份。")
    files = _photographs(pen, record, photographs, actor)
    body: dict[str, Plain] = {
        "copies": copies,
        "keeper": seal.keeper,
        "photographs": [one.sha256 for one in files],
        "use": str(record.id),
    }
    pen.write(seals.STAMPED, body, record.id)
    record.state, record.stamped_at, record.stamped_by = STAMPED, now, seal.keeper
    _add(record, files)
    seen = f"，照片 {len(files)} 张" if files else "，照片待补"
    said = (
        f"{seal.keeper}用“{seal.name}”在《{record.title}》上盖章 {copies} 份"
        f"（{record.number_zh}）{seen}。"
    )
    source = f"seal-use:{record.id}"
    pen.tell("seal.stamped", said, seal.keeper, source, digest_of(body))
    _done_with_photographs(pen, record, files, seal.keeper)


def add_photographs(
    session: Session,
    actor: Actor,
    use: UUID,
    photographs: Sequence[Upload],
    *,
    now: datetime,
) -> None:
    """Add photographs of stamped pages.

    Raises `NotAllowed` for anybody but the keeper, `WrongStep`, `Incomplete` without a photograph.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.use(use)
    _require_stamped(record)
    seal = pen.seal(record.seal_id)
    if seal.keeper_account_id != actor.account:
        raise NotAllowed(f"照片由保管人{seal.keeper}存入。")
    files = _photographs(pen, record, photographs, actor)
    if not files:
        raise Incomplete("请选择盖章页的照片。")
    digests = [one.sha256 for one in files]
    body: dict[str, Plain] = {"by": seal.keeper, "photographs": digests, "use": str(record.id)}
    pen.write(seals.PHOTOGRAPHED, body, record.id)
    _add(record, files)
    said = f"{seal.keeper}为{record.number_zh}《{record.title}》补存盖章页照片 {len(files)} 张。"
    pen.tell("seal.photographed", said, seal.keeper, f"seal-use:{record.id}", digest_of(body))
    _done_with_photographs(pen, record, files, seal.keeper)


def close(
    session: Session,
    actor: Actor,
    use: UUID,
    closing: Closing,
    *,
    now: datetime,
) -> None:
    """Close a use that is stamped and photographed; nothing of it changes afterwards.

    Raises `NotAllowed` for who neither keeps the seal nor runs the committee, `WrongStep` without
    a stamp or a photograph, `Incomplete`.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.use(use)
    _require_stamped(record)
    seal = pen.seal(record.seal_id)
    if not actor.runs and seal.keeper_account_id != actor.account:
        raise NotAllowed("用印由保管人或业委会办结。")
    if not record.photo_ids:
        raise WrongStep("还没有盖章页的照片，不能办结。")
    _require_returned(record, closing, now)
    body = {"by": actor.said, "note": closing.said, "use": str(record.id)}
    pen.write(seals.CLOSED, body, record.id)
    record.state, record.closed_at, record.closing_note = CLOSED, now, closing.said
    record.witness, record.returned_at = closing.witness.strip(), closing.returned
    said = f"{actor.said}办结{record.number_zh}《{record.title}》：{closing.said}。"
    pen.tell("seal.closed", said, actor.said, f"seal-use:{record.id}", digest_of(body))


def _require_returned(record: SealUseRecord, closing: Closing, now: datetime) -> None:
    written(closing.witness, "监印人（盖章时在场见证的人）")
    if len(closing.note) > LONGEST:
        raise Incomplete(f"说明请不要超过 {LONGEST} 字。")
    stamped = record.stamped_at
    # The form asks for minutes, the log keeps seconds.
    if stamped is None or closing.returned < stamped.replace(second=0) or closing.returned > now:
        raise Incomplete("印章归还的时间要在盖章以后，不能晚于现在。")


def _ready(pen: Pen, record: SealUseRecord, actor: Actor) -> SealRecord:
    """Return the seal with which a use may be stamped now, by this person."""
    seal = pen.seal(record.seal_id)
    if seal.keeper_account_id is None or seal.keeper_account_id != actor.account:
        raise NotAllowed(f"只有现在的保管人{seal.keeper}本人登录才能盖章。")
    require_eligible(pen, actor.account)  # a keeper who has become chair, rests or has left
    if record.state != APPROVED:
        said = "还没有签够字，不能盖章。" if record.state == "applied" else "已经盖过章或已经结束。"
        raise WrongStep(f"{record.number_zh}{said}")
    if seal.state != KEPT:
        raise WrongStep(f"“{seal.name}”已报遗失或已更换，不能再盖章。请撤回后用新章重新申请。")
    bases.require_covering(pen.session, pen.estate, seal.kind, record.basis_id)
    return seal


def _require_stamped(record: SealUseRecord) -> None:
    if record.state == CLOSED:
        raise WrongStep("这次用印已经办结，不能再改。")
    if record.state != STAMPED:
        raise WrongStep("这次用印还没有盖章。")


def _photographs(
    pen: Pen, record: SealUseRecord, uploads: Sequence[Upload], actor: Actor
) -> list[FileRecord]:
    if len(record.photo_ids) + len(uploads) > MOST_PHOTOGRAPHS:
        raise Incomplete(f"一次用印最多存 {MOST_PHOTOGRAPHS} 张照片。")
    papers = [checked(upload) for upload in uploads]
    if any(paper.media_type == PDF for paper in papers):
        raise Incomplete("这里要盖章页的照片（JPG 或 PNG），不是 PDF。")
    files = [keep(pen.session, pen.estate, paper, actor.said, now=pen.now) for paper in papers]
    seen = {one.sha256 for one in files_of(pen.session, record.photo_ids)}
    digests = [one.sha256 for one in files]
    if len(set(digests)) < len(digests) or seen & set(digests):
        raise Incomplete("有一张照片重复了，请去掉重复的再传。")
    return files


def _add(record: SealUseRecord, files: Sequence[FileRecord]) -> None:
    record.photo_ids = [*record.photo_ids, *(str(one.id) for one in files)]


def _done_with_photographs(
    pen: Pen, record: SealUseRecord, files: Sequence[FileRecord], keeper: str
) -> None:
    """Fulfil the duty, which asks for stamp and photographs, with the first of these."""
    if files:
        done = Done(keeper, f"盖章页照片 {len(record.photo_ids)} 张", files[0].id)
        fulfil(pen.session, record.id, STAMP_DUTY, done, now=pen.now)
