"""Step 4: agenda, roll, rules and notice are the frozen ones, and agree with each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from voting import canonical
from voting.agenda import Agenda
from voting.ballot import Bound
from voting.bundle import AGENDA, NOTICE, ROLL, RULES, Bundle
from voting.canonical import sha256_hex
from voting.errors import Unproven
from voting.law.findings import square_metres
from voting.law.rules import Rules
from voting.log import kinds
from voting.roll import Roll
from voting.scope import Scope
from voting.signing import PublicKey
from voting.verify.logbook import LogBook
from voting.verify.report import at, beijing


@dataclass(frozen=True, slots=True)
class Documents:
    """The frozen documents, read, and what ballots are bound to."""

    agenda: Agenda
    roll: Roll
    rules: Rules
    bound: Bound


def check_documents(said: list[str], bundle: Bundle, book: LogBook) -> Documents:
    """Step 4: hold the documents against the log's digests and against each other."""
    frozen, files = book.facts(kinds.FROZEN), bundle.files
    for name in (AGENDA, ROLL, RULES):
        _require_digest(name, files[name], frozen.digest(name.partition(".")[0]), "冻结")
    _require_digest(NOTICE, files[NOTICE], book.facts(kinds.POSTED).digest("notice"), "公告")
    documents = _read(files)
    _require_announced(documents.agenda, bundle, book)
    _require_attachments(documents.agenda, bundle.attachments)
    _require_agreement(documents)
    said += [*_sums(documents), *_digests(files)]
    return documents


def _require_digest(name: str, data: bytes, logged: str, step: str) -> None:
    if sha256_hex(data) != logged:
        raise Unproven(f"{name} 的摘要与日志“{step}”记录里的不符：文件在{step}之后被改动过。")


def _read(files: Mapping[str, bytes]) -> Documents:
    with at(NOTICE):
        canonical.decode(files[NOTICE])
    with at(AGENDA):
        agenda = Agenda.decode(files[AGENDA])
    with at(ROLL):
        roll = Roll.decode(files[ROLL])
    with at(RULES):
        rules = Rules.from_json(canonical.decode(files[RULES]))
    bound = Bound.to(agenda.assembly, agenda=files[AGENDA], roll=files[ROLL], rules=files[RULES])
    return Documents(agenda, roll, rules, bound)


def _require_announced(agenda: Agenda, bundle: Bundle, book: LogBook) -> None:
    """Hold what the agenda says of itself against what the log said at the time."""
    created, posted = book.facts(kinds.CREATED), book.facts(kinds.POSTED)
    frozen, closed = book.facts(kinds.FROZEN), book.last(kinds.CLOSED)
    if agenda.assembly != bundle.assembly:
        raise Unproven(f"{AGENDA} 是另一次会议的：{agenda.assembly}。")
    if (posted.time("opens"), posted.time("closes")) != (agenda.opens, agenda.closes):
        raise Unproven(f"{AGENDA} 的投票起止时间与公告时记入日志的不同。")
    if PublicKey.from_jwk(created.object("registrar")) != agenda.registrar:
        raise Unproven(f"{AGENDA} 的登记公钥与日志开头记载的不同。")
    if PublicKey.from_jwk(frozen.object("opening")) != agenda.opening:
        raise Unproven(f"{AGENDA} 的开票公钥与冻结时记入日志的不同。")
    if closed is not None and closed.time != agenda.closes:
        raise Unproven(
            f"日志记载的截止时间是 {beijing(closed.time)}，"
            f"{AGENDA} 写的是 {beijing(agenda.closes)}。"
        )


def _require_attachments(agenda: Agenda, held: Mapping[str, bytes]) -> None:
    listed = {
        attachment.sha256: attachment for item in agenda.items for attachment in item.attachments
    }
    for digest in sorted({*listed} ^ {*held}):
        wrong = f"缺少附件“{listed[digest].name}”" if digest in listed else "多出一个附件"
        raise Unproven(f"attachments/{digest}：{wrong}，与 {AGENDA} 所列不符。")
    for digest, attachment in listed.items():
        if len(held[digest]) != attachment.size:
            raise Unproven(f"附件“{attachment.name}”的大小与 {AGENDA} 所列不符。")


def _require_agreement(documents: Documents) -> None:
    agenda, roll, rules = documents.agenda, documents.roll, documents.rules
    with at(RULES):
        uses, quorum = rules.house.uses, rules.quorum()
        majorities = [rules.majority(item.matter) for item in agenda.items]
    if not all([quorum.law, *(majority.law for majority in majorities)]):
        raise Unproven(f"{RULES}：有表决门槛没有写明法律依据。")
    for voter in roll:
        for part in voter.parts:
            if part.use not in uses:
                raise Unproven(f"{ROLL}：{part.label} 的用途“{part.use}”按规则不计入表决权。")
    for item in agenda.items:
        if not roll.areas(item.scope):
            raise Unproven(f"{AGENDA}：事项 {item.number} 的表决范围内，名册上没有一户。")


def _sums(documents: Documents) -> list[str]:
    whole, items = documents.roll.entitled(Scope()), len(documents.agenda.items)
    return [
        f"议程 {items} 项；名册 {whole.heads:,} 户、{square_metres(whole.area)}。",
        f"规则包 {documents.rules.pack}，依 {documents.rules.on} 有效的条文。",
    ]


def _digests(files: Mapping[str, bytes]) -> list[str]:
    return [f"{name} SHA-256 {sha256_hex(files[name])}" for name in (AGENDA, ROLL, RULES)]
