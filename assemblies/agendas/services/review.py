"""Record that the street or the residents' committee heard of the plan, and what they said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import assembly_of
from assemblies.agendas.queries.readiness import gaps, require_whole
from assemblies.agendas.services.assemblies import locked
from assemblies.agendas.services.drafts import Answer, AnswerKind
from assemblies.agendas.services.opening_log import log_of
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.supervision import digest_of, tell_of_assembly

LONGEST_TEXT = 2_000


def record_review(
    session: Session, assembly: UUID, answer: Answer, keys: Keys, *, now: datetime
) -> None:
    """Record an answer to the plan, also in the log; law: PMR 14(2), the committee is told.

    Raises `WrongStep` once the notice is posted, `Incomplete` or `RuleNotRecorded` while the plan
    is not whole, for a missing name, remarks without words, or a time that lies ahead.
    """
    record = locked(session, assembly)
    if record.phase not in {"draft", "reviewed"}:
        raise WrongStep("公告已经张贴，审阅环节已经结束。")
    require_whole(gaps(session, assembly_of(session, assembly)))
    _require_said(answer, now)
    record.phase, record.reviewed_at = "reviewed", answer.told
    record.review_answer = said(answer)
    body = {"answer": record.review_answer, "by": answer.by.strip()}
    logs.append(session, log_of(session, record, keys, now=now), "reviewed", body, keys, now=now)
    tell_of_assembly(session, record, "reviewed", body["by"], digest_of(body), keys, now=now)


def said(answer: Answer) -> str:
    """Say an answer in one line, as the page and the log keep it."""
    words = f"{answer.by.strip()}：{answer.kind.words}"
    return f"{words}。{answer.text.strip()}" if answer.text.strip() else words


def _require_said(answer: Answer, now: datetime) -> None:
    if not answer.by.strip():
        raise Incomplete("请写明是哪个单位、由谁答复。")
    if answer.kind is AnswerKind.REMARKS and not answer.text.strip():
        raise Incomplete("请写明意见内容。")
    if len(answer.text) > LONGEST_TEXT:
        raise Incomplete(f"意见请控制在 {LONGEST_TEXT} 字以内，详细材料可另附。")
    if answer.told > now:
        raise Incomplete("告知时间不能晚于现在。")
