"""The verification of a stream: the steps of SPEC 11.5 in their order."""

from collections.abc import Sequence

from voting.bundle import LOG, LogLine
from voting.errors import Unproven
from voting.log import seals
from voting.log.entries import Entry
from voting.stream import Stream, StreamKind, claims_to_be_a_stream
from voting.verify.audit import verify
from voting.verify.logbook import LogBook, Record, check_log, place_of, require_times
from voting.verify.receipts import check_receipts
from voting.verify.report import Report, StreamReport, at
from voting.verify.seals import SealBook, Use
from voting.verify.steps import Steps, known

TITLES_ZH = {
    1: "档案与清单",
    2: "存证日志",
    3: "日志记录",
    4: "内容与规则",
    5: "回执",
}


def verify_file(
    data: bytes, *, log_key: str | None = None, workers: int = 1, receipts: Sequence[bytes] = ()
) -> Report | StreamReport:
    """Check whatever was handed out, an assembly's bundle or a committee's stream.

    Bad data never raises, it makes a step fail. `workers` are for the ballots of a bundle.
    """
    if claims_to_be_a_stream(data):
        return verify_stream(data, log_key=log_key, receipts=receipts)
    return verify(data, log_key=log_key, workers=workers, receipts=receipts)


def verify_stream(
    data: bytes, *, log_key: str | None = None, receipts: Sequence[bytes] = ()
) -> StreamReport:
    """Check a seal log or a supervision stream; bad data never raises, it makes a step fail.

    `log_key` is the verifier key that the checker knows from elsewhere. `receipts` were handed
    out for entries of this log; only with them there is a fifth step.
    """
    steps = Steps(TITLES_ZH)
    stream = steps.take(1, lambda said: _read(said, data))
    lines = steps.take(2, lambda said: check_log(said, known(stream), log_key))
    book = steps.take(3, lambda said: _check_entries(said, known(stream), known(lines)))
    found = steps.take(4, lambda said: _check_content(said, known(stream), known(book)))
    if receipts:
        steps.take(
            5,
            lambda said: check_receipts(
                said, known(stream), known(lines), receipts, known(stream).kind.vocabulary
            ),
        )
    return StreamReport(
        steps.all,
        stream=stream.kind.value if stream else "",
        entries=len(lines) if lines else 0,
        sum_zh=found or "",
    )


def _read(said: list[str], data: bytes) -> Stream:
    """Step 1: read archive and manifest."""
    stream = Stream.read(data)
    said.append(
        f"{stream.estate}{stream.kind.words}，{len(data):,} 字节，{len(stream.files)} 个文件；"
        "每个文件的大小和 SHA-256 都与清单一致，没有多余的字节。"
    )
    return stream


def _check_entries(said: list[str], stream: Stream, lines: Sequence[LogLine]) -> LogBook:
    """Step 3: read every entry, and hold their times and their beginning."""
    book = LogBook(tuple(_entry(index, line, stream.kind) for index, line in enumerate(lines)))
    _require_beginning(book, stream)
    require_times(book)
    words = stream.kind.vocabulary
    counts = [f"{words[kind]} {len(book.of(kind))}" for kind in words if book.of(kind)]
    said.append(f"记录种类与数目：{'，'.join(counts)}；每条都是标准写法，时间先后合乎规定。")
    return book


def _entry(index: int, line: LogLine, kind: StreamKind) -> Record:
    with at(place_of(index)):
        if not line.data:
            raise Unproven("这一条记录必须全文列出，不能只列摘要。")
        entry = Entry.parse(line.data)
        kind.require_shape(entry)
        return Record(index, entry.kind, entry)


def _require_beginning(book: LogBook, stream: Stream) -> None:
    """Refuse a log that does not begin, once, as the one of the manifest."""
    if not book.records:
        raise Unproven(f"{LOG} 里没有记录。")
    for record in book.records:
        if (record.index == 0) is not (record.kind == seals.CREATED):
            raise Unproven(f"{record.place}：日志应以“建立”开头，而且只建立一次。")
    facts = book.records[0].facts
    named = (facts.text("origin"), facts.text("log"), facts.uuid("committee"), facts.text("estate"))
    if named != (stream.origin, stream.log, stream.committee, stream.estate):
        raise Unproven(f"{place_of(0)}：日志名称、公钥、业委会或小区与清单 manifest.json 不符。")


def _check_content(said: list[str], stream: Stream, book: LogBook) -> str:
    """Step 4: hold a seal log against its rules, and require every event to say what it is."""
    if stream.kind is StreamKind.SEALS:
        return _check_seals(said, book)
    for record in book.records[1:]:
        with at(record.place):
            if not all(record.facts.text(name).strip() for name in ("by", "said", "source")):
                raise Unproven("没有写明谁、什么事或出处。")
    events = len(book.records) - 1
    said.append(f"每一条都写明了谁、什么事、出处和所依据材料的摘要，共 {events} 条。")
    return f"监督纪实 {events} 条。"


def _check_seals(said: list[str], book: LogBook) -> str:
    register = SealBook()
    for record in book.records:
        with at(record.place):
            register.take(record.kind, record.facts)
    said += [
        f"{seal.kind.words}“{seal.name}”：{seal.ended_zh or _kept(seal.keeper)}。"
        for seal in register.seals.values()
    ]
    uses = list(register.uses.values())
    if any(use.stamped for use in uses):
        said.append("每次盖章都有依据，事先有全体委员过半数签字，由当时的保管人按申请的份数盖。")
    if uses:
        said += _withheld(uses)
    waiting = [use for use in uses if not use.closed and not use.withdrawn]
    if waiting:
        said += _unfinished(waiting)
    closed = sum(use.closed for use in uses)
    return f"印章 {len(register.seals)} 枚，用印 {len(uses)} 件，已办结 {closed} 件。"


def _withheld(uses: Sequence[Use]) -> list[str]:
    """Say what no log can show by itself."""
    sizes = sorted({len(use.members) for use in uses})
    return [
        f"各次申请列明的全体委员为 {'、'.join(map(str, sizes))} 人，请与备案的委员名单核对。",
        "文件和照片在日志里只有 SHA-256 摘要，请用原件核对。",
    ]


def _unfinished(waiting: Sequence[Use]) -> list[str]:
    said = [f"尚未完结 {len(waiting)} 件："]
    said += [f"　{use.number}《{use.title}》：{use.stands_zh}。" for use in waiting]
    bare = sum(use.stamped and not use.photographs for use in waiting)
    return [*said, f"其中已盖章而没有照片的 {bare} 件。"] if bare else said


def _kept(keeper: str) -> str:
    return f"由{keeper}保管" if keeper else "还没有保管人"
