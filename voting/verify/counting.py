"""Step 8: the count again: from the ballots in the audit edition, from the sums in the public."""

from collections.abc import Iterable, Iterator

from voting import canonical
from voting.agenda import Item, ItemKind
from voting.bundle import RESULT, Bundle
from voting.canonical import JSON, sha256_hex
from voting.errors import Unproven
from voting.law.findings import square_metres
from voting.law.majorities import NOBODY, Count
from voting.log import kinds
from voting.result import ItemResult, Result
from voting.tally import Cast, ItemCounts, judge, offered, tally
from voting.verify.documents import Documents
from voting.verify.logbook import LogBook
from voting.verify.report import at


def recount(
    said: list[str], bundle: Bundle, book: LogBook, documents: Documents, casts: Iterable[Cast]
) -> Result:
    """Step 8, audit edition: count every ballot and compare with result.json byte for byte."""
    agenda, roll, rules = documents.agenda, documents.roll, documents.rules
    result = tally(agenda, roll, rules, documents.bound, casts)
    _require_same(bundle.files[RESULT], result)
    _require_logged(bundle, book)
    counted = "、".join(f"{way.words} {many} 张" for way, many in result.counted.items() if many)
    said.append(f"重新计票的结果与 {RESULT} 逐字节相同。计入选票：{counted or '没有'}。")
    said += verdict(result)
    return result


def recalculate(said: list[str], bundle: Bundle, book: LogBook, documents: Documents) -> Result:
    """Step 8, public edition: hold the sums against the roll and judge every item again."""
    with at(RESULT):
        claimed = Result.decode(bundle.files[RESULT])
    agenda, roll, rules = documents.agenda, documents.roll, documents.rules
    if [one.item for one in claimed.items] != [item.id for item in agenda.items]:
        raise Unproven(f"{RESULT} 的事项与议程的事项不一一对应。")
    for item, one in zip(agenda.items, claimed.items, strict=True):
        with at(f"{RESULT} 事项 {item.number}"):
            _require_sums(item, one, roll.entitled(item.scope))
    judged = (
        judge(item, ItemCounts.of(one), rules)
        for item, one in zip(agenda.items, claimed.items, strict=True)
    )
    result = Result(documents.bound, claimed.counted, claimed.aside, tuple(judged))
    _require_same(bundle.files[RESULT], result)
    _require_logged(bundle, book)
    said.append(f"按 {RESULT} 的各项票数与名册，重新比较门槛，结论逐字节相同。")
    said += verdict(result)
    return result


def verdict(result: Result) -> list[str]:
    """Return the outcome of every item with its findings, in sentences."""
    said = []
    for item in result.items:
        said.append(f"事项 {item.number}《{item.title}》：{item.outcome.words}。")
        said.append(f"　{item.participation.said_zh}")
        said += [f"　{line.label}：{line.consent.said_zh}" for line in item.lines]
    return said


def _require_sums(item: Item, result: ItemResult, entitled: Count) -> None:
    """Refuse sums that no set of ballots gives."""
    counts = ItemCounts.of(result)
    if counts.entitled != entitled:
        whole = f"{entitled.heads:,} 户、{square_metres(entitled.area)}"
        raise Unproven(f"有表决权的户数、面积与名册不符，名册为 {whole}。")
    if [line.id for line in result.lines] != [option for option, _ in offered(item)]:
        raise Unproven("所列的选项与议程不符。")
    rest = counts.entitled - counts.took_part - counts.void
    if rest.heads < 0 or rest.area < 0:
        raise Unproven("参与表决的与无效的合起来，超过了有表决权的。")
    sums = [one.agreed + one.against + one.abstained for one in counts.options]
    if item.kind is ItemKind.CHOICE:
        sums = [sum(sums, counts.none + counts.abstained)]
    elif counts.none != NOBODY:
        raise Unproven("这一类事项没有“都不选”。")
    if any(total != counts.took_part for total in sums):
        raise Unproven("各种意见相加，不等于参与表决的户数、面积。")


def _require_logged(bundle: Bundle, book: LogBook) -> None:
    logged = book.facts(kinds.COUNTED).digest("result")
    if sha256_hex(bundle.files[RESULT]) != logged:
        raise Unproven(f"{RESULT} 的摘要与日志最后一次“计票”记录的不符。")


def _require_same(claimed: bytes, result: Result) -> None:
    counted = result.encode()
    if claimed == counted:
        return
    with at(RESULT):
        there = canonical.decode(claimed)
    where = next(_differences(there, canonical.decode(counted), ""), "写法")
    raise Unproven(f"{RESULT} 与重新计算的结果不同：{where}。")


def _differences(claimed: JSON, counted: JSON, path: str) -> Iterator[str]:
    """Yield where two values differ, the first place first."""
    if isinstance(claimed, dict) and isinstance(counted, dict) and claimed.keys() == counted.keys():
        for name in counted:
            yield from _differences(claimed[name], counted[name], f"{path}.{name}".lstrip("."))
    elif isinstance(claimed, list) and isinstance(counted, list):
        for place, (theirs, ours) in enumerate(zip(claimed, counted, strict=False)):
            yield from _differences(theirs, ours, f"{path}[{place}]")
        if len(claimed) != len(counted):
            yield f"{path} 有 {len(claimed)} 项，重算为 {len(counted)} 项"
    elif claimed != counted:
        yield f"{path} 写的是 {_short(claimed)}，重算为 {_short(counted)}"


def _short(value: JSON) -> str:
    text = canonical.encode(value).decode("utf-8")
    return text if len(text) <= 80 else f"{text[:80]}…"  # noqa: PLR2004 -- one line of a screen
