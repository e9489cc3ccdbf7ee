"""An application: whoever asks, for whatever, on whichever basis, a broken rule is said."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

import pytest

from assemblies.foundation.permissions import Role
from assemblies.foundation.refusals import Incomplete, NotAllowed, NotFound, Refusal, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.records import resolutions
from assemblies.records.places import place_of
from assemblies.seals.queries import bases, uses
from assemblies.seals.services import applying, keeping
from assemblies.seals.services.pen import Actor
from tests.support.agendas import NOON
from tests.support.committee import in_office, resolved
from tests.support.households import PNG
from tests.support.registers import registered
from tests.support.sealing import STROKE, Sealed, paper
from voting.log.seals import SealKind


def test_an_application_freezes_its_members_and_how_many_must_sign(case: Sealed) -> None:
    use = case.use(case.apply())
    assert use.number_zh == "〔2026〕用印第1号"
    assert use.members == [str(one.id) for one in case.members]
    assert (use.needed, use.pages, use.state) == (3, 1, "applied")
    assert use.applicant == "周明华（业委会委员）"
    assert use.looked_by == ""


def test_numbers_run_on_and_are_never_given_twice(case: Sealed) -> None:
    first = case.apply()
    applying.withdraw(case.session, case.actor(1), first, "写错了", now=case.now)
    assert [case.use(case.apply()).number for _ in range(2)] == [2, 3]


def test_a_form_that_is_sent_twice_is_one_application(case: Sealed) -> None:
    sent = Upload("合同.pdf", paper(STROKE))
    first = case.apply(document=sent)
    with pytest.raises(Incomplete, match="编号〔2026〕用印第1号，正在等委员签字"):
        case.apply(document=sent)
    case.sign(first, 0, 1, 3)
    assert case.use(case.apply(document=sent)).number == 2


def of_another_estate(case: Sealed) -> UUID:
    other = registered(case.session, NOON)
    return resolved(case.session, other.estate, NOON, title="别处的决定").id


def fallen(outcome: str, state: str) -> Callable[[Sealed], UUID]:
    def made(case: Sealed) -> UUID:
        record = resolved(case.session, case.estate, NOON, title="签约", outcome=outcome)
        record.state = state
        return record.id

    return made


Made: TypeAlias = Callable[[Sealed], UUID]
BASES: dict[str, tuple[Made, str]] = {
    "none at all": (lambda _: uuid4(), "没有依据不得用印"),
    "a decision of another estate": (of_another_estate, "没有依据不得用印"),
    "a motion that failed": (fallen("rejected", "standing"), "没有通过"),
    "a tie": (fallen("tied", "standing"), "没有通过"),
    "a vote in which too few took part": (fallen("no-decision", "standing"), "没有通过"),
    "a revoked decision": (fallen("passed", "revoked"), "已被撤销"),
    "a superseded decision": (fallen("passed", "superseded"), "已被新的决定取代"),
    "a decision under an order to correct": (fallen("passed", "corrected"), "已被责令改正"),
}


@pytest.mark.parametrize(("basis", "said"), BASES.values(), ids=BASES)
def test_no_use_without_a_decision_that_stands(case: Sealed, basis: Made, said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        case.apply(basis=basis(case))


def test_only_decisions_that_stand_are_offered(case: Sealed) -> None:
    for made, _ in BASES.values():
        made(case)
    offered = bases.covering(case.session, case.estate, "committee")
    assert {one.id for one in offered} == {case.basis.id, case.minute.id}


def test_the_assemblys_seal_needs_a_decision_of_all_owners(case: Sealed) -> None:
    seal = case.kept(SealKind.ASSEMBLY)
    with pytest.raises(Incomplete, match="业主大会的决定"):
        case.apply(seal=seal, basis=case.minute.id)
    offered = bases.covering(case.session, case.estate, "assembly")
    assert [one.id for one in offered] == [case.basis.id]
    assert case.use(case.apply(seal=seal)).basis_kind == "resolution"


@pytest.mark.parametrize("kind", [SealKind.COMMITTEE, SealKind.FINANCE])
def test_the_other_seals_may_rest_on_a_minute(case: Sealed, kind: SealKind) -> None:
    seal = case.seal if kind is SealKind.COMMITTEE else case.kept(kind)
    assert case.use(case.apply(seal=seal, basis=case.minute.id)).basis_kind == "minute"


PHOTO = Upload("原件.png", PNG)
WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no document": ({"document": None}, "没有文件不能申请"),
    "a blank sheet": ({"document": Upload("空白.pdf", paper(b""))}, "第 1 页是空白的"),
    "a contract with a blank page in it": (
        {"document": Upload("合同.pdf", paper(STROKE, b"", STROKE))},
        "第 2 页是空白的",
    ),
    "a file that only says it is a PDF": (
        {"document": Upload("合同.pdf", b"%PDF-1.4\n%%EOF")},
        "打不开",
    ),
    "other pages than the file has": ({"pages": 2}, "有 1 页，您填了 2 页"),
    "a photograph nobody looked at": ({"document": PHOTO, "pages": 1}, "不是空白纸"),
    "a photograph without its pages": ({"document": PHOTO, "looked": True}, "每份有几页"),
    "no copy": ({"copies": 0}, "份数"),
    "fewer than no copy": ({"copies": -1}, "份数"),
    "no title": ({"title": " "}, "文件的名称"),
    "no purpose": ({"purpose": ""}, "用途"),
    "no receiver": ({"receiver": ""}, "交给谁"),
    "no word on how the basis covers it": ({"covers": " "}, "覆盖这份文件"),
    "a kind of document there is none of": ({"document_kind": "poem"}, "文件的种类"),
    "a text that goes on for ever": ({"purpose": "长" * 301}, "300 字"),
}


@pytest.mark.parametrize(("changes", "said"), WRONG.values(), ids=WRONG)
def test_what_is_missing_is_said(case: Sealed, changes: dict[str, object], said: str) -> None:
    with pytest.raises(Incomplete, match=said):
        case.apply(1, **changes)


def test_a_photographed_paper_names_who_looked_at_it(case: Sealed) -> None:
    use = case.use(case.apply(document=PHOTO, looked=True, pages=4))
    assert (use.pages, use.looked_by) == (4, "周明华（业委会委员）")
    assert "周明华（业委会委员）看过原件，不是空白纸" in use.purpose_zh


def suspend(case: Sealed) -> None:
    case.members[1].suspended_on = NOON.date()


def leave(case: Sealed) -> None:
    case.members[1].left_on = NOON.date()


def become_alternate(case: Sealed) -> None:
    case.members[1].seat = "alternate"


def end_the_term(case: Sealed) -> None:
    case.members[1].term.ended_on = NOON.date()


UNSEATED = {
    "suspended": suspend,
    "left": leave,
    "an alternate": become_alternate,
    "of a term that ended": end_the_term,
}


@pytest.mark.parametrize("unseat", UNSEATED.values(), ids=UNSEATED)
def test_only_a_member_in_office_applies(case: Sealed, unseat: Callable[[Sealed], None]) -> None:
    unseat(case)
    case.session.flush()
    with pytest.raises(NotAllowed, match="在任委员"):
        case.apply()


def test_neither_the_street_nor_a_member_elsewhere_applies(case: Sealed) -> None:
    other = registered(case.session, NOON)
    elsewhere = in_office(case.session, other.estate, NOON, members=3)[0]
    assert elsewhere.account_id
    strangers = [
        case.stranger(Role.STREET, "街道小赵", node=place_of(case.session, case.estate).node),
        Actor(case.estate, elsewhere.account_id, "别处主任", case.keys, runs=True),
    ]
    for stranger in strangers:
        with pytest.raises(NotAllowed, match="在任委员"):
            applying.apply(case.session, stranger, case.asked(), now=case.now)


def not_yet_kept(case: Sealed) -> UUID:
    return case.make(SealKind.FINANCE)


def lost(case: Sealed) -> UUID:
    keeping.lose_seal(case.session, case.keeper, case.seal, "钥匙被撬", now=case.now)
    return case.seal


def replaced(case: Sealed) -> UUID:
    draft = keeping.SealDraft(SealKind.COMMITTEE, "新章", Upload("证明.png", PNG))
    keeping.replace_seal(case.session, case.actor(0), case.seal, draft, now=case.now)
    return case.seal


UNUSABLE: dict[str, tuple[Made, type[Refusal], str]] = {
    "that nobody has taken over": (not_yet_kept, WrongStep, "还没有保管人"),
    "that is lost": (lost, WrongStep, "已报遗失"),
    "that was replaced": (replaced, WrongStep, "请用新章"),
    "that is none": (lambda _: uuid4(), NotFound, "没有这枚印章"),
}


@pytest.mark.parametrize(("seal", "error", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_no_use_of_a_seal(case: Sealed, seal: Made, error: type[Refusal], said: str) -> None:
    with pytest.raises(error) as refused:
        case.apply(seal=seal(case))
    assert said in refused.value.said


def test_only_the_applicant_withdraws_and_only_before_the_stamp(case: Sealed) -> None:
    use = case.apply()
    for other in (case.actor(0), case.keeper):
        with pytest.raises(NotAllowed, match="只能由本人撤回"):
            applying.withdraw(case.session, other, use, "不要了", now=case.now)
    with pytest.raises(Incomplete, match="撤回的原因"):
        applying.withdraw(case.session, case.actor(1), use, "  ", now=case.now)
    applying.withdraw(case.session, case.actor(1), use, "不要了", now=case.now)
    assert case.use(use).state == "withdrawn"
    for over in (use, case.stamped(), case.closed()):
        with pytest.raises(WrongStep, match="不能撤回"):
            applying.withdraw(case.session, case.actor(1), over, "不要了", now=case.now)


def test_whoever_runs_the_committee_withdraws_for_an_applicant_who_left(case: Sealed) -> None:
    use = case.apply()
    leave(case)
    case.session.flush()
    view = uses.use_of(case.session, case.estate, use)
    chair, member = case.actor(0), case.actor(3)
    assert uses.may(case.session, case.estate, view, chair.account, runs=True).withdraw
    with pytest.raises(NotAllowed):
        applying.withdraw(case.session, member, use, "不要了", now=case.now)
    applying.withdraw(case.session, chair, use, "申请人已离任", now=case.now)
    assert case.use(use).state == "withdrawn"


def test_a_decision_revoked_meanwhile_carries_neither_signature_nor_stamp(case: Sealed) -> None:
    waiting, ready = case.apply(), case.apply()
    case.sign(ready, 0, 1, 3)
    resolutions.change_state(
        case.session, case.basis.id, "revoked", uuid4(), "街道撤销", now=case.now
    )
    with pytest.raises(Incomplete, match="已被撤销"):
        case.sign(waiting, 0)
    with pytest.raises(Incomplete, match="已被撤销"):
        case.stamp(ready)
    assert uses.use_of(case.session, case.estate, ready).fallen == "已被撤销"
    assert case.now - NOON < timedelta(hours=1)
