"""A core result in the shapes that pages and papers draw: one mapping for all of them."""

from assemblies.foundation import pictures
from assemblies.foundation.pictures import Bar, ItemVerdict, TallyLine
from assemblies.foundation.wording import area_text, heads_text, percent_text
from voting.agenda import ItemKind
from voting.law.citations import Citation
from voting.law.findings import CONSENT, HEADS, PARTICIPATION, Comparison, Finding
from voting.law.majorities import Count
from voting.result import ItemResult, Line, Outcome, Result

OUTCOMES: dict[Outcome, pictures.Outcome] = {
    Outcome.PASSED: "passed",
    Outcome.REJECTED: "rejected",
    Outcome.TIED: "tied",
    Outcome.NO_DECISION: "no_decision",
}


def verdicts(result: Result) -> tuple[ItemVerdict, ...]:
    """Return every item of a result, ready to be drawn."""
    return tuple(verdict(item) for item in result.items)


def verdict(item: ItemResult) -> ItemVerdict:
    """Return one item's verdict, finding by finding in the order of the law."""
    findings = [_finding("参与表决是否达到法定人数和面积", item.participation)]
    if len(item.lines) == 1:
        findings.append(_finding("同意是否达到法定比例", item.lines[0].consent))
    elif item.lines:
        stated = item.lines[0].consent
        text = "每一项都要同时达到：" + "，".join(
            f"{'人数' if one.unit == HEADS else '面积'}{one.threshold.words_zh}"
            f"（至少 {_amount(one, one.least)}）"
            for one in (stated.by_heads, stated.by_area)
        )
        law = Citation.shortly(stated.law)
        findings.append(pictures.Finding("各选项的同意比例", None, law, text))
    columns, tally = _tally(item)
    return ItemVerdict(
        number=f"事项{item.number}",
        title=item.title,
        outcome=OUTCOMES[item.outcome],
        summary=summary(item),
        findings=tuple(findings),
        tally_columns=columns,
        tally=tally,
    )


def summary(item: ItemResult) -> str:
    """Say in one or two sentences what an item came to."""
    took = f"{item.scope}共 {said(item.entitled)}，参与表决 {said(item.took_part)}"
    if item.outcome is Outcome.NO_DECISION:
        return f"{took}。参与不足，{item.participation.missing_zh}，未形成有效决定。"
    if item.outcome is Outcome.REJECTED:
        return f"{took}。同意未达到法定比例，本事项未通过；未通过不等于作出相反的决定。"
    if len(item.lines) == 1 and not item.seats:
        return f"{took}。同意 {said(item.lines[0].agreed)}，本事项通过。"
    tied = "、".join(item.label(one) for one in item.tied)
    if item.outcome is Outcome.TIED:
        return f"{took}。{tied}得票相同，名额都暂空，不抽签。"
    named = "、".join(item.label(winner) for winner in item.winners)
    if not item.seats:
        return f"{took}。{named}获得法定多数同意。"
    rest = f"还有 {item.vacant} 个名额空缺" if item.vacant else ""
    same = f"（{tied}得票相同，名额暂空，不抽签）" if tied else ""
    return f"{took}。当选：{named}。{rest}{same}{'。' if rest or same else ''}"


def winner(item: ItemResult) -> str:
    """Say whom a choice or an election chose; nothing for a motion or for none."""
    if kind_of(item) is ItemKind.DECISION or item.outcome is not Outcome.PASSED:
        return ""
    return "、".join(item.label(one) for one in item.winners)


def counts(item: ItemResult) -> str:
    """Say in one sentence how an item was counted, heads and area each time."""
    took = f"{item.scope}共 {said(item.entitled)}，参与表决 {said(item.took_part)}"
    if kind_of(item) is ItemKind.DECISION:
        line = item.lines[0]
        words = (("同意", line.agreed), ("反对", line.against), ("弃权", line.abstained))
        return f"{took}，{'，'.join(f'{word} {said(count)}' for word, count in words)}。"
    agreed = "；".join(f"同意{line.label} {said(line.agreed)}" for line in item.lines)
    return f"{took}；{agreed}。"


def said(count: Count) -> str:
    """Say a count: 84 户、9,321.50 ㎡."""
    return f"{heads_text(count.heads)}、{area_text(count.area)}"


def kind_of(item: ItemResult) -> ItemKind:
    """Return an item's kind from its result."""
    if item.seats:
        return ItemKind.ELECTION
    return ItemKind.DECISION if item.lines[0].id == "motion" else ItemKind.CHOICE


def twin(finding: Finding) -> tuple[Bar, Bar]:
    """Return a finding's two bars, heads and area."""
    return bar(finding.by_heads), bar(finding.by_area)


def bar(comparison: Comparison) -> Bar:
    """Return a comparison as a bar with its mark."""
    by_heads = comparison.unit == HEADS
    draw = pictures.heads_bar if by_heads else pictures.area_bar
    return draw(
        _MEASURED[comparison.name] + ("户数" if by_heads else "面积"),
        comparison.part,
        comparison.whole,
        needed=comparison.least,
        share=comparison.share,
        strict=comparison.strict,
    )


_MEASURED = {PARTICIPATION: "参与", CONSENT: "同意"}


def _finding(name: str, finding: Finding) -> pictures.Finding:
    return pictures.Finding(name, finding.holds, Citation.shortly(finding.law), bars=twin(finding))


def _tally(item: ItemResult) -> tuple[tuple[str, ...], tuple[TallyLine, ...]]:
    """Return the figures of an item's options as its kind asks: words, bidders, candidates."""
    kind = kind_of(item)
    if kind is ItemKind.ELECTION:
        columns = ("同意户数", "同意面积", "反对户数", "弃权户数")
        return columns, tuple(_candidate(item, line) for line in item.lines)
    columns = ("户数", "面积", "占参与户数", "占参与面积")
    if kind is ItemKind.DECISION:
        line = item.lines[0]
        said = (("同意", line.agreed), ("反对", line.against), ("弃权", line.abstained))
        return columns, tuple(_share(item, name, count) for name, count in said)
    options = [_share(item, line.label, line.agreed, line.id) for line in item.lines]
    options += [_share(item, "都不选", item.none), _share(item, "弃权", item.abstained)]
    return columns, tuple(options)


def _candidate(item: ItemResult, line: Line) -> TallyLine:
    cells = (
        f"{line.agreed.heads:,}",
        area_text(line.agreed.area),
        f"{line.against.heads:,}",
        f"{line.abstained.heads:,}",
    )
    won = line.id in item.winners
    word = "当选" if won else "并列" if line.id in item.tied else "未当选"
    return TallyLine(line.label, cells, won=won, word=word if item.participation.holds else "")


def _share(item: ItemResult, name: str, count: Count, option: str = "") -> TallyLine:
    whole = item.took_part
    cells = (
        f"{count.heads:,}",
        area_text(count.area),
        percent_text(count.heads, whole.heads),
        percent_text(count.area, whole.area),
    )
    won = option in item.winners
    return TallyLine(name, cells, won=won, word="中选" if won else "")


def _amount(comparison: Comparison, number: int) -> str:
    return heads_text(number) if comparison.unit == HEADS else area_text(number)
