"""A core result in the shapes that pages and papers draw: one mapping for all of them."""

from assemblies.foundation import pictures
from assemblies.foundation.pictures import Bar, ItemVerdict, TallyLine
from assemblies.foundation.wording import area_text, heads_text
from voting.agenda import ItemKind
from voting.law.citations import Citation
from voting.law.findings import HEADS, Comparison, Finding
from voting.law.majorities import Count
from voting.result import ItemResult, Line, Outcome, Result

OUTCOMES: dict[Outcome, pictures.Outcome] = {
    Outcome.PASSED: "passed",
    Outcome.REJECTED: "rejected",
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
    return ItemVerdict(
        number=f"事项{item.number}",
        title=item.title,
        outcome=OUTCOMES[item.outcome],
        summary=summary(item),
        findings=tuple(findings),
        tally_columns=("同意（户）", "同意（面积）", "反对（户）", "弃权（户）", "是否达到"),
        tally=tuple(_tally_line(item, line) for line in item.lines),
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
    named = "、".join(item.label(winner) for winner in item.winners)
    if not item.seats:
        return f"{took}。{named}获得法定多数同意。"
    tied = "、".join(item.label(one) for one in item.tied)
    rest = f"还有 {item.vacant} 个名额空缺" if item.vacant else ""
    same = f"（{tied}得票相同，名额暂空，不抽签）" if tied else ""
    return f"{took}。当选：{named}。{rest}{same}{'。' if rest or same else ''}"


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
    draw = pictures.heads_bar if comparison.unit == HEADS else pictures.area_bar
    return draw(
        "户数" if comparison.unit == HEADS else "面积",
        comparison.part,
        comparison.whole,
        needed=comparison.least,
        share=comparison.share,
        strict=comparison.strict,
    )


def _finding(name: str, finding: Finding) -> pictures.Finding:
    return pictures.Finding(name, finding.holds, Citation.shortly(finding.law), bars=twin(finding))


def _tally_line(item: ItemResult, line: Line) -> TallyLine:
    won = line.id in item.winners
    cells = (
        f"{line.agreed.heads:,}",
        area_text(line.agreed.area),
        f"{line.against.heads:,}",
        f"{line.abstained.heads:,}",
        "达到" if line.consent.holds else line.consent.missing_zh,
    )
    return TallyLine(line.label, cells, won=won, word=_word(item, line, won=won))


def _word(item: ItemResult, line: Line, *, won: bool) -> str:
    if line.id in item.tied:
        return "并列"
    if item.outcome is Outcome.NO_DECISION:
        return ""
    words = {
        ItemKind.DECISION: ("通过", ""),
        ItemKind.CHOICE: ("中选", ""),
        ItemKind.ELECTION: ("当选", "未当选"),
    }[kind_of(item)]
    return words[0] if won else words[1]


def _amount(comparison: Comparison, number: int) -> str:
    return heads_text(number) if comparison.unit == HEADS else area_text(number)
