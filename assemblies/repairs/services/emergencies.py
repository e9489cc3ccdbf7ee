"""An emergency is checked on the spot by three parties before anything is repaired."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.repairs.services.drafts import PartyDraft, SpotDraft
from assemblies.repairs.services.steps import (
    EMERGENCY,
    kept_all,
    locked,
    require_state,
    tell_of,
    written,
)

OWNERS, COMMITTEE, COMMUNITY, MANAGER = "owners", "committee", "community", "manager"
PARTIES = {
    OWNERS: "业主代表",
    COMMITTEE: "业主委员会",
    COMMUNITY: "社区居民委员会",
    MANAGER: "物业服务企业",
}


def confirm_danger(
    session: Session,
    estate: UUID,
    repair: UUID,
    draft: SpotDraft,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Record what three parties saw on the spot; after this the repair may begin at once.

    Owners, the committee or the residents' committee, and the manager must each have been there:
    raises `Incomplete`. Law: CC 281 para. 2; ZB 66, LC 50, BZ 42.
    """
    record = locked(session, estate, repair)
    require_state(record, "draft")
    if record.path != EMERGENCY:
        raise WrongStep("只有应急维修才要现场查验确认。")
    _require_three(draft.parties, now)
    if not draft.photos:
        raise Incomplete("请上传至少一张现场查验的照片。")
    record.checks = [
        {
            "who": one.who,
            "name": one.name.strip(),
            "said": one.said.strip(),
            "at": one.at.isoformat(),
        }
        for one in draft.parties
    ]
    added = kept_all(session, record, draft.photos, actor.by, shown=True, now=now)
    record.photo_ids, record.state = [*record.photo_ids, *added], "checked"
    names = "、".join(f"{PARTIES[one.who]}{one.name.strip()}" for one in draft.parties)
    said = f"{names}现场共同查验，确认属于“{record.danger}”，马上维修。"
    tell_of(session, record, "repair.endangered", said, actor, now=now)


def _require_three(parties: Sequence[PartyDraft], now: datetime) -> None:
    for one in parties:
        written(查验人姓名=one.name, 查验人看到的情况=one.said)
        if one.who not in PARTIES:
            raise Incomplete("请选择查验人代表哪一方。")
        if one.at > now:
            raise Incomplete("查验的时间不能晚于现在。")
    there = {one.who for one in parties}
    if OWNERS not in there or MANAGER not in there or not there & {COMMITTEE, COMMUNITY}:
        raise Incomplete(
            "业主代表、业主委员会（或者社区居民委员会）、物业服务企业三方都要到场查验。"
        )
