"""The rules of a seal log: a lawful log holds, a broken rule is found where it is broken."""

from collections.abc import Callable

import pytest

from tests.support.simulation import uid
from tests.support.streams import (
    ASSEMBLY,
    KEEPER,
    MAIN,
    MEMBERS,
    OTHER_PHOTOGRAPH,
    PHOTOGRAPH,
    SPARE,
    SealLog,
    a_year_of_seals,
)
from voting.canonical import Plain
from voting.log.seals import SealKind
from voting.verify.streams import verify_stream

NOBODY = uid("nobody")
# What is done last in each is against a rule; everything is signed with the log's own key.
BROKEN: dict[str, tuple[Callable[[SealLog], object], str]] = {
    "a seal made twice": (lambda log: log.make(MAIN), "两次刻制"),
    "a seal kept that nobody made": (lambda log: log.keep(SPARE), "没有刻制登记"),
    "a seal lost that nobody made": (lambda log: log.lose(SPARE), "没有刻制登记"),
    "a seal kept by nobody": (lambda log: log.keep(MAIN, " "), "交给谁保管"),
    "a seal lost twice": (lambda log: [log.lose(MAIN), log.lose(MAIN)], "已报遗失"),
    "a seal replaced by one that nobody made": (
        lambda log: log.replace(MAIN, SPARE),
        "没有刻制登记",
    ),
    "a seal replaced by itself": (lambda log: log.replace(MAIN, MAIN), "另一枚"),
    "a seal replaced by one of another kind": (
        lambda log: [log.make(ASSEMBLY, SealKind.ASSEMBLY), log.replace(MAIN, ASSEMBLY)],
        "另一枚可用的业主委员会印章",
    ),
    "a seal replaced by a lost one": (
        lambda log: [log.make(SPARE), log.lose(SPARE), log.replace(MAIN, SPARE)],
        "另一枚",
    ),
    "a seal replaced twice": (
        lambda log: [log.make(SPARE), log.replace(MAIN, SPARE), log.replace(MAIN, SPARE)],
        "此前已更换",
    ),
    "a use of a seal that nobody made": (
        lambda log: log.apply("1", seal=str(SPARE)),
        "没有刻制登记",
    ),
    "a use of a seal without a keeper": (
        lambda log: [log.make(SPARE), log.apply("1", seal=str(SPARE))],
        "还没有保管人",
    ),
    "a use of a lost seal": (lambda log: [log.lose(MAIN), log.apply("1")], "已报遗失"),
    "a use of a replaced seal": (
        lambda log: [log.make(SPARE), log.replace(MAIN, SPARE), log.apply("1")],
        "已更换",
    ),
    "a use number twice": (
        lambda log: [log.apply("1"), log.apply("1", use=str(NOBODY))],
        "编号 1 重复",
    ),
    "a use applied for twice": (
        lambda log: [log.apply("1"), log.apply("2", use=str(uid("use", "1")))],
        "重复",
    ),
    "a use without a number": (lambda log: log.apply(""), "用印编号"),
    "a use without a basis": (
        lambda log: log.apply("1", basis={"id": str(NOBODY), "kind": "minute", "number": " "}),
        "没有依据不得用印",
    ),
    "a rule of half of the members": (
        lambda log: log.apply("1", rule=rule(1, 2, strict=False)),
        "低于全体委员过半数",
    ),
    "a rule of a third of the members": (
        lambda log: log.apply("1", rule=rule(1, 3, strict=True)),
        "低于全体委员过半数",
    ),
    "a rule of those who answered": (
        lambda log: log.apply("1", rule=rule(1, 2, strict=True, base="participants")),
        "低于全体委员过半数",
    ),
    "a signature on a use that nobody applied for": (
        lambda log: log.sign(str(NOBODY), 0),
        "没有申请登记",
    ),
    "a signature of no member": (
        lambda log: [log.apply("1", members=[str(MEMBERS[0])]), log.sign(uses("1"), 1)],
        "不是申请时的委员",
    ),
    "a member who signs twice": (
        lambda log: log.sign(log.apply("1"), 0, 0),
        "签了两次",
    ),
    "a member who declines and then signs": (
        lambda log: [log.decline(log.apply("1"), 0), log.sign(uses("1"), 0)],
        "签了两次",
    ),
    "a member who signs and then declines": (
        lambda log: [log.sign(log.apply("1"), 0), log.decline(uses("1"), 0)],
        "签了两次",
    ),
    "a signature after the stamp": (lambda log: log.sign(log.stamped("1"), 3), "已经盖章"),
    "a refusal after the stamp": (lambda log: log.decline(log.stamped("1"), 3), "已经盖章"),
    "a stamp on nothing": (lambda log: log.stamp(str(NOBODY)), "没有申请登记"),
    "a stamp without a signature": (lambda log: log.stamp(log.apply("1")), "还差 3 人"),
    "a stamp with one signature too few": (
        lambda log: [log.sign(log.apply("1"), 0, 1), log.stamp(uses("1"))],
        "5 名委员中只有 2 人签字同意，还差 1 人（须全体委员过半数）",
    ),
    "a stamp with exactly half of six members": (
        lambda log: [
            log.apply("1", members=[str(uid("one of six", n)) for n in range(6)]),
            [
                log.append("use-signed", member=str(uid("one of six", n)), name="", use=uses("1"))
                for n in range(3)
            ],
            log.stamp(uses("1")),
        ],
        "6 名委员中只有 3 人签字同意，还差 1 人",
    ),
    "a stamp short of the estate's own two thirds": (
        lambda log: [
            log.apply("1", rule=rule(2, 3, strict=False)),
            log.sign(uses("1"), 0, 1, 2),
            log.stamp(uses("1")),
        ],
        "还差 1 人（须全体委员三分之二以上）",
    ),
    "a stamp by who is not the keeper": (
        lambda log: [
            log.sign(log.apply("1"), 0, 1, 2),
            log.stamp(uses("1"), keeper="乙"),
        ],
        f"由乙盖章，当时的保管人是{KEEPER}",
    ),
    "a stamp by who was the keeper until then": (
        lambda log: [
            log.sign(log.apply("1"), 0, 1, 2),
            log.keep(MAIN, "乙"),
            log.stamp(uses("1")),
        ],
        "当时的保管人是乙",
    ),
    "a stamp with a seal lost in between": (
        lambda log: [log.sign(log.apply("1"), 0, 1, 2), log.lose(MAIN), log.stamp(uses("1"))],
        "已报遗失",
    ),
    "a stamp with a seal replaced in between": (
        lambda log: [
            log.sign(log.apply("1"), 0, 1, 2),
            log.make(SPARE),
            log.replace(MAIN, SPARE),
            log.stamp(uses("1")),
        ],
        "已更换",
    ),
    "one copy more than applied for": (
        lambda log: [log.sign(log.apply("1"), 0, 1, 2), log.stamp(uses("1"), copies=3)],
        "申请 2 份，盖了 3 份",
    ),
    "one copy fewer than applied for": (
        lambda log: [log.sign(log.apply("1"), 0, 1, 2), log.stamp(uses("1"), copies=1)],
        "申请 2 份，盖了 1 份",
    ),
    "stamped twice": (lambda log: log.stamp(log.stamped("1")), "盖了两次章"),
    "photographs before the stamp": (lambda log: log.photograph(log.apply("1")), "还没有盖章"),
    "closed before the stamp": (lambda log: log.close(log.apply("1")), "还没有盖章，不能办结"),
    "closed without a photograph": (lambda log: log.close(log.stamped("1")), "没有盖章后的照片"),
    "closed twice": (
        lambda log: [log.close(log.stamped("1", PHOTOGRAPH)), log.close(uses("1"))],
        "已经办结",
    ),
    "a photograph after the end": (
        lambda log: [log.close(log.stamped("1", PHOTOGRAPH)), log.photograph(uses("1"))],
        "已经办结",
    ),
    "withdrawn after the stamp": (lambda log: log.withdraw(log.stamped("1")), "已经盖章"),
    "withdrawn after the end": (
        lambda log: [log.close(log.stamped("1", PHOTOGRAPH)), log.withdraw(uses("1"))],
        "已经办结",
    ),
    "a signature after the withdrawal": (
        lambda log: [log.withdraw(log.apply("1")), log.sign(uses("1"), 0)],
        "已经撤回",
    ),
    "a stamp after the withdrawal": (
        lambda log: [
            log.sign(log.apply("1"), 0, 1, 2),
            log.withdraw(uses("1")),
            log.stamp(uses("1")),
        ],
        "已经撤回",
    ),
    "a list of more uses than there were": (
        lambda log: [log.apply("1"), log.publish(2)],
        "公布的用印有 2 件，此前登记的只有 1 件",
    ),
    "a list whose period ends before it begins": (
        lambda log: log.publish(0, since="2026-07-02", until="2026-07-01"),
        "止日早于起日",
    ),
}


def rule(part: int, whole: int, *, strict: bool, base: str = "entitled") -> dict[str, Plain]:
    return {"base": base, "share": [part, whole], "strict": strict}


def uses(number: str) -> str:
    return str(uid("use", number))


@pytest.mark.parametrize(("act", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_found_where_it_is_broken(
    act: Callable[[SealLog], object], said: str
) -> None:
    log = SealLog()
    act(log)
    report = verify_stream(log.data())
    assert [step.holds for step in report.steps] == [True, True, True, False]
    last = report.steps[3].said_zh[-1]
    assert said in last
    assert f"第 {len(log.entries) - 1} 号记录" in last
    assert report.said_zh == "第 4 步不成立，这份证据不可采信。"


@pytest.mark.parametrize(("act", "said"), BROKEN.values(), ids=BROKEN)
def test_until_the_last_entry_the_same_log_is_lawful(
    act: Callable[[SealLog], object], said: str
) -> None:
    log = SealLog()
    act(log)
    del log.entries[-1]
    assert verify_stream(log.data()).holds, said


def test_a_lawful_log_is_summed_up_and_says_what_is_not_finished() -> None:
    report = verify_stream(a_year_of_seals().data())
    assert report.holds
    said = report.steps[3].said_zh
    assert "业主委员会印章“示例小区业主委员会印章”：已更换。" in said
    assert f"业主委员会印章“示例小区业主委员会印章”：由{KEEPER}保管。" in said
    assert "尚未完结 3 件：" in said
    assert "　印〔2026〕4号《电梯维修合同》：已盖章，还没有照片，尚未办结。" in said
    assert "　印〔2026〕5号《电梯维修合同》：5 人中 2 人签字同意，还差 1 人。" in said
    assert "　印〔2026〕6号《电梯维修合同》：5 人中 0 人签字同意，还差 3 人。" in said
    assert "其中已盖章而没有照片的 1 件。" in said
    assert "各次申请列明的全体委员为 5 人，请与备案的委员名单核对。" in said
    assert report.said_zh == "全部 4 步都成立。印章 2 枚，用印 6 件，已办结 2 件。"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("signed", "3 人签字同意，等待盖章"),
        ("photographed", "已盖章，有照片 2 张，尚未办结"),
        ("unkept", "还没有保管人"),
    ],
)
def test_what_waits_is_said_as_it_stands(state: str, said: str) -> None:
    log = SealLog()
    if state == "signed":
        log.sign(log.apply("1"), 0, 1, 2)
    elif state == "photographed":
        log.photograph(log.stamped("1", PHOTOGRAPH, OTHER_PHOTOGRAPH[::-1]))
        log.entries.pop()
    else:
        log.make(SPARE)
    assert said in "\n".join(verify_stream(log.data()).steps[3].said_zh)


def test_a_stricter_rule_of_the_estate_is_lawful() -> None:
    log = SealLog()
    use = log.apply("1", rule=rule(2, 3, strict=False))
    log.sign(use, 0, 1, 2, 3)
    log.stamp(use, PHOTOGRAPH)
    log.close(use)
    assert verify_stream(log.data()).holds


def test_exactly_more_than_half_is_enough() -> None:
    log = SealLog()
    use = log.stamped("1", PHOTOGRAPH)
    log.close(use)
    assert verify_stream(log.data()).holds


def test_a_log_of_no_seal_yet_is_lawful() -> None:
    log = SealLog()
    del log.entries[1:]
    report = verify_stream(log.data())
    assert report.said_zh == "全部 4 步都成立。印章 0 枚，用印 0 件，已办结 0 件。"
