"""A seal from its making to its end, and who may keep it."""

from collections.abc import Callable
from uuid import UUID

import pytest

from assemblies.foundation.permissions import Role
from assemblies.foundation.refusals import Incomplete, NotAllowed, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.committees import committee_of
from assemblies.records.duties import duty_of, is_late
from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.places import place_of
from assemblies.records.seals import SealRecord
from assemblies.records.streams import Stream, entries_of
from assemblies.seals.queries import keepers, seals
from assemblies.seals.services import keeping
from assemblies.seals.services.keeping import SealDraft
from assemblies.seals.services.pen import Actor
from tests.support.agendas import NOON
from tests.support.households import PNG
from tests.support.registers import registered
from tests.support.sealing import Sealed, sealed
from voting.log.entries import Entry
from voting.log.seals import SealKind

PROOF = Upload("刻章证明.png", PNG)


def street_of(case: Sealed) -> UUID:
    node = case.session.get_one(NodeRecord, place_of(case.session, case.estate).node)
    assert node.parent_id is not None
    return node.parent_id


def offer(case: Sealed, account: UUID) -> None:
    keeping.offer_seal(case.session, case.actor(0), case.seal, account, now=case.now)


def test_a_seal_is_made_with_its_proof_and_waits_for_a_keeper(case: Sealed) -> None:
    seal = seals.seal_of(case.session, case.estate, case.make(SealKind.FINANCE))
    assert seal.tag == ("waiting", "等待保管人接收")
    assert not seal.usable
    assert seal.proof is not None
    assert [line.words for line in seals.log_lines(case.session, case.estate, seal.id)] == [
        "刻制印章"
    ]


MISSING: dict[str, tuple[SealDraft, str]] = {
    "without its name": (SealDraft(SealKind.FINANCE, "  ", PROOF), "印章的名称"),
    "without the carver's proof": (SealDraft(SealKind.FINANCE, "财务专用章", None), "刻章证明"),
    "with an empty proof": (
        SealDraft(SealKind.FINANCE, "财务专用章", Upload("证明.png", b"")),
        "空文件",
    ),
}


@pytest.mark.parametrize(("draft", "said"), MISSING.values(), ids=MISSING)
def test_a_seal_is_not_entered(case: Sealed, draft: SealDraft, said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        keeping.make_seal(case.session, case.actor(0), draft, now=case.now)


def test_of_each_kind_there_is_one(case: Sealed) -> None:
    draft = SealDraft(SealKind.COMMITTEE, "又一枚", PROOF)
    with pytest.raises(WrongStep, match="办理“更换”"):
        keeping.make_seal(case.session, case.actor(0), draft, now=case.now)


LEADS = {"the chair": (0, "林海生是主任"), "the vice-chair": (1, "周明华是副主任")}


@pytest.mark.parametrize(("position", "said"), LEADS.values(), ids=LEADS)
def test_who_leads_the_committee_keeps_no_seal(case: Sealed, position: int, said: str) -> None:
    with pytest.raises(Incomplete) as refused:
        offer(case, case.actor(position).account)
    assert said in refused.value.said
    assert "台州物业条例第24条" in refused.value.said


def test_a_chair_who_is_also_a_keeper_by_office_keeps_none_either(case: Sealed) -> None:
    chair = case.actor(0)
    node = place_of(case.session, case.estate).node
    keeping_role = case.stranger(Role.SEAL_KEEPER, "档案员", node=node)
    case.members[0].account_id = keeping_role.account
    case.session.flush()
    with pytest.raises(Incomplete, match="主任"):
        keeping.offer_seal(case.session, chair, case.seal, keeping_role.account, now=case.now)


def another_member(case: Sealed) -> Actor:
    return case.actor(3)


def archivist(case: Sealed) -> Actor:
    return case.stranger(Role.SEAL_KEEPER, "档案员")


def community(case: Sealed) -> Actor:
    return case.stranger(Role.COMMUNITY, "社区小王", node=street_of(case))


def street(case: Sealed) -> Actor:
    return case.stranger(Role.STREET, "街道小赵", node=street_of(case))


KEEPERS = {
    "a member": (another_member, "赵建国（业委会委员）"),
    "a keeper by office": (archivist, "档案员（印章保管人）"),
    "the community": (community, "社区小王（社区居委会）"),
    "the street, from above": (street, "街道小赵（街道办事处）"),
}


@pytest.mark.parametrize(("who", "said"), KEEPERS.values(), ids=KEEPERS)
def test_a_seal_is_handed_over_with_both_named(
    case: Sealed, who: Callable[[Sealed], Actor], said: str
) -> None:
    keeper = who(case)
    assert said in [one.said for one in keepers.keepers(case.session, case.estate, now=case.now)]
    case.hand(case.seal, keeper)
    seal = seals.seal_of(case.session, case.estate, case.seal)
    assert (seal.keeper, seal.kept_since, seal.offered_to) == (said, case.now, "")
    last = entries_of(case.session, case.estate, Stream.SEALS)[-1]
    assert Entry.parse(last.data).body == {
        "by": said,
        "keeper": said,
        "reason": "由陈素芬（业委会委员）移交；林海生（业委会委员）办理",
        "seal": str(case.seal),
    }


def elsewhere(case: Sealed) -> Actor:
    return case.stranger(Role.SEAL_KEEPER, "别处档案员", node=registered(case.session, NOON).node)


def liaison(case: Sealed) -> Actor:
    return case.stranger(Role.LIAISON, "联络员")


def closed_account(case: Sealed) -> Actor:
    gone = archivist(case)
    case.session.get_one(AccountRecord, gone.account).disabled_at = NOON
    case.session.flush()
    return gone


def suspended(case: Sealed) -> Actor:
    case.members[3].suspended_on = NOON.date()
    case.session.flush()
    return case.actor(3)


NO_KEEPERS = {
    "a keeper of another estate": elsewhere,
    "a liaison": liaison,
    "a closed account": closed_account,
    "a suspended member": suspended,
}


@pytest.mark.parametrize("who", NO_KEEPERS.values(), ids=NO_KEEPERS)
def test_a_seal_is_not_offered(case: Sealed, who: Callable[[Sealed], Actor]) -> None:
    with pytest.raises(Incomplete, match="不能保管这个小区的印章"):
        offer(case, who(case).account)


def test_until_the_new_keeper_accepts_nothing_has_changed(case: Sealed) -> None:
    offer(case, case.actor(3).account)
    seal = seals.seal_of(case.session, case.estate, case.seal)
    assert seal.keeper == "陈素芬（业委会委员）"
    assert seal.offered_to == "赵建国（业委会委员）"
    for other in (case.actor(0), case.keeper, case.actor(4)):
        with pytest.raises(NotAllowed, match="要由赵建国（业委会委员）本人登录接收"):
            keeping.accept_seal(case.session, other, case.seal, now=case.now)


def test_nothing_is_accepted_that_was_not_offered(case: Sealed) -> None:
    with pytest.raises(WrongStep, match="没有等待接收"):
        keeping.accept_seal(case.session, case.keeper, case.seal, now=case.now)


def test_who_became_chair_meanwhile_does_not_accept(case: Sealed) -> None:
    offer(case, case.actor(3).account)
    case.members[3].post = "chair"
    case.session.flush()
    with pytest.raises(Incomplete, match="主任"):
        keeping.accept_seal(case.session, case.actor(3), case.seal, now=case.now)


def test_who_keeps_it_is_not_offered_it(case: Sealed) -> None:
    with pytest.raises(Incomplete, match="现在就由"):
        offer(case, case.keeper.account)


def lose(case: Sealed, actor: Actor) -> None:
    keeping.lose_seal(case.session, actor, case.seal, "十日晚发现抽屉被撬", now=case.now)


def test_a_loss_is_reported_by_keeper_or_committee(case: Sealed) -> None:
    with pytest.raises(NotAllowed, match="保管人或业委会"):
        lose(case, case.actor(3))
    lose(case, case.keeper)
    seal = seals.seal_of(case.session, case.estate, case.seal)
    assert (seal.state, seal.loss_open) == ("lost", True)
    with pytest.raises(WrongStep, match="已报遗失"):
        lose(case, case.actor(0))
    with pytest.raises(WrongStep, match="已报遗失"):
        offer(case, case.actor(3).account)


def test_a_loss_is_to_be_reported_the_same_day_with_its_proof(case: Sealed) -> None:
    lose(case, case.actor(0))
    duty = duty_of(case.session, case.seal, "seal_lost")
    assert duty is not None
    assert duty.due_on == NOON.date()
    assert not is_late(duty, case.now)
    with pytest.raises(Incomplete, match="报案回执"):
        keeping.report_loss(case.session, case.actor(0), case.seal, None, now=case.now)
    keeping.report_loss(case.session, case.actor(0), case.seal, PROOF, now=case.now)
    assert duty.done_at == case.now
    assert not seals.seal_of(case.session, case.estate, case.seal).loss_open
    with pytest.raises(WrongStep, match="没有待报告的遗失"):
        keeping.report_loss(case.session, case.actor(0), case.seal, PROOF, now=case.now)


def renew(case: Sealed, kind: SealKind = SealKind.COMMITTEE) -> UUID:
    draft = SealDraft(kind, "和平里小区业主委员会（2）", PROOF)
    return keeping.replace_seal(case.session, case.actor(0), case.seal, draft, now=case.now)


@pytest.mark.parametrize("is_lost", [False, True], ids=["worn out", "lost"])
def test_a_new_seal_takes_the_place_of_the_old(case: Sealed, *, is_lost: bool) -> None:
    if is_lost:
        lose(case, case.keeper)
    new = renew(case)
    old, made = (case.session.get_one(SealRecord, one) for one in (case.seal, new))
    assert (old.state, made.state, made.kind) == ("replaced", "made", "committee")
    with pytest.raises(WrongStep, match="此前已经更换"):
        renew(case)
    case.hand(new, case.actor(3))
    assert case.use(case.apply(seal=new)).seal_id == new


def test_a_seal_is_replaced_by_one_of_its_kind(case: Sealed) -> None:
    with pytest.raises(Incomplete, match="同一种印章"):
        renew(case, SealKind.FINANCE)


def test_a_seal_of_another_estate_is_not_found(case: Sealed, keys: Keys) -> None:
    other = sealed(case.session, registered(case.session, NOON).estate, keys, NOON, members=3)
    with pytest.raises(NotFound):
        keeping.accept_seal(case.session, case.keeper, other.seal, now=case.now)
    with pytest.raises(NotFound):
        seals.seal_of(case.session, case.estate, other.seal)


def test_the_first_seal_opens_the_duty_to_publish_its_uses(case: Sealed) -> None:
    committee = committee_of(case.session, case.estate, now=NOON)
    duty = duty_of(case.session, committee.id, "seal_publication_months")
    assert duty is not None
    assert duty.due_on == NOON.date().replace(month=NOON.month + 6)
