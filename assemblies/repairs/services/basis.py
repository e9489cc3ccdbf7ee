"""The right to use the fund: the owners' decision, or an authority for small repairs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.wording import money_text
from assemblies.records.assemblies import ItemRecord
from assemblies.records.authorities import in_force, used_in
from assemblies.records.repairs import AuthorityRecord, RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.repairs.queries import votes
from assemblies.repairs.services.steps import ORDINARY, STANDING


def require_basis(session: Session, record: RepairRecord, *, now: datetime) -> None:
    """Let a repair pass whose use of the fund rests on a decision that stands.

    Raises `WrongStep`: no decision, one that failed, one that was revoked or superseded, one on
    other figures. Law: CC 278 para. 1 item 5; an emergency needs none (CC 281 para. 2).
    """
    if record.path == ORDINARY:
        _require_resolution(session, record)
    elif record.path == STANDING:
        require_authority(session, record, record.settled_fen or record.budget_fen, now=now)


def require_authority(
    session: Session, record: RepairRecord, amount: int, *, now: datetime
) -> AuthorityRecord:
    """Return the authority that covers an amount; raises `Incomplete` saying which limit it breaks.

    Law: CC 278 para. 1 item 5 -- owners decided these limits beforehand.
    """
    authority = _locked_authority(session, record, now=now)
    if amount > authority.each_fen:
        raise Incomplete(
            f"这个项目 {money_text(amount)}，超过授权的单项限额 {money_text(authority.each_fen)}，"
            "要按一般程序交业主表决。"
        )
    year = _drawn_on(record, now).year
    used = used_in(session, authority.id, year, beside=record.id)
    if used + amount > authority.yearly_fen:
        raise Incomplete(
            f"{year}年已经用了 {money_text(used)}，加上这个项目 {money_text(amount)}，"
            f"超过授权的全年限额 {money_text(authority.yearly_fen)}，要按一般程序交业主表决。"
        )
    return authority


def _locked_authority(session: Session, record: RepairRecord, *, now: datetime) -> AuthorityRecord:
    held = in_force(session, record.estate_id, _drawn_on(record, now))
    if record.authority_id not in {one.id for one in held}:
        raise WrongStep("小额维修授权已经到期、撤销或者被取代，要按一般程序交业主表决。")
    # Two small repairs at once must not both find room under the year's limit.
    return session.get_one(AuthorityRecord, record.authority_id, with_for_update=True)


def _drawn_on(record: RepairRecord, now: datetime) -> date:
    """Return the day whose year a repair draws on: of its posting, today until it is posted."""
    return in_china(record.posted_at or now).date()


def _require_resolution(session: Session, record: RepairRecord) -> None:
    resolution = votes.resolution_of(session, record)
    if resolution is None:
        raise WrongStep("业主还没有作出决定。表决通过并公布以后，才能申请使用维修资金。")
    if resolution.outcome != votes.PASSED:
        raise WrongStep("业主没有作出同意使用的决定，不能申请。")
    if not votes.carries(resolution):
        raise WrongStep(f"决定 {resolution.number} 已经撤销或者被取代，不能再凭它使用维修资金。")
    item = session.get_one(ItemRecord, resolution.item_id)
    if not votes.says_the_same(votes.plan_of(item), record):
        raise WrongStep("表决时的预算或分摊清册和项目公示的不一致，不能凭这项决定申请。")
    if record.supplement_id is not None:
        further = session.get_one(ResolutionRecord, record.supplement_id)
        if not votes.carries(further):
            raise WrongStep(
                f"同意增加费用的决定 {further.number} 已经撤销或者被取代，不能按结算价划款。"
            )


def supplement_for(session: Session, record: RepairRecord, resolution: UUID, excess: int) -> None:
    """Let a settlement above the budget rest on a later resolution that agreed to the excess.

    Raises `Incomplete` for another estate's or project's, or one that agreed to less.
    """
    found = {one.id: one for one in votes.supplements(session, record)}.get(resolution)
    plan = None
    if found is not None:
        plan = votes.plan_of(session.get_one(ItemRecord, found.item_id))
    if plan is None:
        raise Incomplete(
            "选择的决定不是关于使用维修资金的，不是由同样的房屋分摊的，或者已经用在别的项目上。"
        )
    if plan.budget < excess:
        raise Incomplete(
            f"这项决定同意增加 {money_text(plan.budget)}，不够超出的 {money_text(excess)}。"
        )
    record.supplement_id = resolution
