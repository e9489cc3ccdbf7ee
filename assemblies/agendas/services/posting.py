"""Post the notice: from here on agenda, dates and rules stand."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import assembly_of
from assemblies.agendas.queries.notice import DOCUMENT, Notice, notice_of
from assemblies.agendas.queries.readiness import gaps, require_whole
from assemblies.agendas.services.assemblies import locked
from assemblies.agendas.services.opening_log import log_of
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from assemblies.records.supervision import tell_of_assembly
from voting.canonical import sha256_hex, time_text
from voting.law.calendar import Plan, require_lawful

UNTOLD = "请先把会议方案报告街道办事处或告知社区居民委员会，并记录答复，再张贴公告。"


def post(session: Session, assembly: UUID, keys: Keys, *, now: datetime) -> None:
    """Post the notice of an assembly: keep its content for ever and hash it into the log.

    Raises `Incomplete` or `RuleNotRecorded` naming what the plan lacks, `WrongStep` before the
    street or the residents' committee heard of it or when it is posted already, `UnlawfulDate`
    when voting would open too soon after this moment. PMR 14; SD 22.
    """
    record = locked(session, assembly)
    if record.phase not in {"draft", "reviewed"}:
        raise WrongStep("公告已经张贴，不能再贴一次。")
    require_whole(gaps(session, assembly_of(session, assembly)))
    if record.phase == "draft":
        raise WrongStep(
            "请先把会议方案报告街道办事处或告知社区居民委员会，并记录答复，再张贴公告。"
        )
    record.phase, record.posted_at = "posted", now
    session.flush()
    notice = notice_of(session, assembly_of(session, assembly), now)
    require_lawful(_plan(record, notice), notice.rules)
    _keep(session, record, notice, keys, now=now)


def _plan(record: AssemblyRecord, notice: Notice) -> Plan:
    return Plan(notice.posted, notice.posted, notice.opens, notice.closes, told=record.reviewed_at)


def _keep(
    session: Session, record: AssemblyRecord, notice: Notice, keys: Keys, *, now: datetime
) -> None:
    content = notice.encode()
    digest = sha256_hex(content)
    session.add(
        DocumentRecord(
            assembly_id=record.id, name=DOCUMENT, content=content, sha256=digest, made_at=now
        )
    )
    body = {
        "closes": time_text(notice.closes),
        "notice": digest,
        "opens": time_text(notice.opens),
    }
    about = logs.About(token="posted")  # noqa: S106 -- names the step, opens nothing
    logs.append(
        session, log_of(session, record, keys, now=now), "posted", body, keys, about, now=now
    )
    tell_of_assembly(session, record, "posted", record.convener_name, digest, keys, now=now)
