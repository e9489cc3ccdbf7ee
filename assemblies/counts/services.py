"""Verbs of the counts room: close on time, open, count, rule on a ballot and count again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.counts import queries
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from assemblies.records.supervision import digest_of, tell_of_assembly
from voting import signing
from voting.canonical import Plain, time_text
from voting.law.calendar import objections_close
from voting.log import kinds
from voting.opening import cast_of
from voting.result import Result
from voting.sealing import read_private_jwk
from voting.signing import PublicKey
from voting.tally import tally

LONGEST_REASON = 500
THE_CLOCK = "系统按时截止"


@dataclass(frozen=True, slots=True)
class Ruling:
    """That one ballot is void: its place in the log, why, and by whose word."""

    index: int
    reason: str
    by: str


def close_due(session: Session, keys: Keys, *, now: datetime) -> int:
    """Close every assembly whose time has come, and return how many there were.

    Nobody's click is needed: the worker calls this every second, and so does any page that shows
    an assembly after its time. Ballots are refused by the clock, not by this entry.
    """
    due = select(AssemblyRecord).where(
        AssemblyRecord.phase == "frozen", AssemblyRecord.closes_at <= now
    )
    closed = list(session.execute(due.with_for_update()).scalars())
    for record in closed:
        record.phase, record.closed_at = "closed", now
        about = logs.About(token=kinds.CLOSED)
        # The entry bears the closing time itself, whenever the worker got to it (SPEC 6).
        due_at = record.closes_at or now
        logs.append(session, log_of(record), kinds.CLOSED, {}, keys, about, now=due_at)
        digest = digest_of({"closes": time_text(due_at)})
        tell_of_assembly(session, record, kinds.CLOSED, THE_CLOCK, digest, keys, now=now)
    return len(closed)


def anything_due(session: Session, *, now: datetime) -> bool:
    """Say whether `close_due` would close anything: a look that takes no lock."""
    due = select(AssemblyRecord.id).where(
        AssemblyRecord.phase == "frozen", AssemblyRecord.closes_at <= now
    )
    return session.execute(due.limit(1)).first() is not None


def open_ballots(
    session: Session, assembly: UUID, private_jwk: str, keys: Keys, *, now: datetime
) -> None:
    """Take the opening key that the keeper's browser unwrapped.

    Raises `WrongStep` before the closing, `Incomplete` for a key that is not this assembly's.
    The log gets the key's thumbprint only; the private half is kept sealed for the audit edition.
    """
    record = _assembly(session, assembly)
    if record.phase != "closed" or record.opening_public is None:
        raise WrongStep("投票截止之后才能开票，并且只开一次。")
    key = read_private_jwk(private_jwk.encode())
    if PublicKey.of(key).jwk() != record.opening_public:
        raise Incomplete("这把钥匙不是本次会议的开票钥匙。")
    record.opened_key_sealed = keys.sealed(signing.to_pem(key).decode())
    record.phase, record.opened_at = "opened", now
    body = {"key": PublicKey.of(key).thumbprint}
    about = logs.About(token=kinds.OPENED)
    logs.append(session, log_of(record), kinds.OPENED, body, keys, about, now=now)
    tell_of_assembly(
        session, record, kinds.OPENED, record.keeper_name, digest_of(body), keys, now=now
    )


def count(session: Session, assembly: UUID, keys: Keys, *, now: datetime) -> Result:
    """Count all ballots, once, and post the preliminary result; raises `WrongStep`.

    Only a ruling counts again: nobody prolongs the posting of a result by counting anew.
    """
    record = _assembly(session, assembly)
    if record.phase != "opened":
        raise WrongStep("开票之后计票一次；认定某张票无效时，系统会自动重新计票。")
    return _count(session, record, keys, now=now)


def _count(session: Session, record: AssemblyRecord, keys: Keys, *, now: datetime) -> Result:
    """Count; every signature and credential in the log is checked again on the way (SPEC 7)."""
    if record.opened_key_sealed is None:
        raise WrongStep("票箱还没有打开。")
    assembly = record.id
    frozen = queries.frozen(session, assembly)
    key = signing.from_pem(keys.opened(record.opened_key_sealed).encode())
    entries = queries.entries(session, log_of(record))
    ruled = frozenset(
        int(str(entry.body["index"])) for _, entry in entries if entry.kind == kinds.RULING
    )
    casts = [
        cast_of(one, key, frozen.agenda, ruled) for one in queries.logged(entries, frozen.agenda)
    ]
    result = tally(frozen.agenda, frozen.roll, frozen.rules, frozen.bound, casts)
    _keep(session, record, result, now)
    body = {"result": result.digest}
    logs.append(session, log_of(record), kinds.COUNTED, body, keys, now=now)
    tell_of_assembly(
        session, record, kinds.COUNTED, record.convener_name, result.digest, keys, now=now
    )
    record.phase, record.counted_at = "counted", now
    record.objections_until = objections_close(frozen.rules, now)
    return result


def rule_void(
    session: Session, assembly: UUID, ruling: Ruling, keys: Keys, *, now: datetime
) -> Result:
    """Rule one ballot void after an objection, log who did so and why, and count again."""
    record = _assembly(session, assembly)
    if record.phase != "counted":
        raise WrongStep("只有在初步结果公示期间才能认定某张票无效。")
    if not ruling.reason or len(ruling.reason) > LONGEST_REASON:
        raise Incomplete("请写明认定无效的理由和依据。")
    entry = session.get(logs.LogEntryRecord, (log_of(record), ruling.index))
    if entry is None or entry.kind != kinds.BALLOT:
        raise NotFound("会议日志里没有这个编号的票。")
    body: dict[str, Plain] = {"index": ruling.index, "reason": ruling.reason, "by": ruling.by}
    about = logs.About(token=f"ruling:{ruling.index}")
    logs.append(session, log_of(record), kinds.RULING, body, keys, about, now=now)
    return _count(session, record, keys, now=now)


def _keep(session: Session, record: AssemblyRecord, result: Result, now: datetime) -> None:
    held = session.get(DocumentRecord, (record.id, "result.json"))
    if held is None:
        held = DocumentRecord(assembly_id=record.id, name="result.json")
        session.add(held)
    held.content, held.sha256, held.made_at = result.encode(), result.digest, now
    session.flush()


def _assembly(session: Session, assembly: UUID) -> AssemblyRecord:
    record = session.execute(
        select(AssemblyRecord).where(AssemblyRecord.id == assembly).with_for_update()
    ).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def log_of(record: AssemblyRecord) -> UUID:
    """Return an assembly's log; raises `WrongStep` before it was posted."""
    if record.log_id is None:
        raise WrongStep("会议公告尚未发布。")
    return record.log_id
