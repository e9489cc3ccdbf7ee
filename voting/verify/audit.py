"""The whole verification: the steps of SPEC 9 in their order, each resting on those before it."""

from collections.abc import Sequence

from voting.bundle import Bundle, Edition
from voting.log import kinds
from voting.result import Result
from voting.verify.conclusion import check_conclusion
from voting.verify.counting import recalculate, recount
from voting.verify.documents import Documents, check_documents
from voting.verify.logbook import LogBook, check_entries, check_log
from voting.verify.papers import check_ballots, check_credentials, open_ballots
from voting.verify.receipts import check_receipts
from voting.verify.report import Report
from voting.verify.steps import Steps, known
from voting.verify.withheld import count_ballots, count_credentials, note_opening

TITLES_ZH = {
    1: "档案与清单",
    2: "存证日志",
    3: "日志记录",
    4: "冻结文件",
    5: "投票凭证",
    6: "选票",
    7: "开票",
    8: "计票",
    9: "认定与公布",
    10: "回执",
}


def verify(
    data: bytes, *, log_key: str | None = None, workers: int = 1, receipts: Sequence[bytes] = ()
) -> Report:
    """Check a bundle and recount it; bad data never raises, it makes a step fail.

    `log_key` is the verifier key that the checker knows from elsewhere: without it the bundle's
    own key is believed, and the report says so. Many ballots are spread over `workers` processes.
    `receipts` are files that voters were handed; only with them there is a tenth step.
    """
    steps = Steps(TITLES_ZH)
    bundle = steps.take(1, lambda said: _read(said, data))
    lines = steps.take(2, lambda said: check_log(said, known(bundle), log_key))
    book = steps.take(3, lambda said: check_entries(said, known(bundle), known(lines)))
    papers = steps.take(4, lambda said: check_documents(said, known(bundle), known(book)))
    if bundle is not None and bundle.edition is Edition.PUBLIC:
        result = _public(steps, bundle, book, papers)
    else:
        result = _audit(steps, bundle, book, papers, workers)
    steps.take(9, lambda said: check_conclusion(said, known(bundle), known(book)))
    if receipts:
        steps.take(10, lambda said: check_receipts(said, known(bundle), known(lines), receipts))
    ballots = len(book.of(kinds.BALLOT)) if book else 0
    edition = bundle.edition.value if bundle else ""
    return Report(steps.all, edition=edition, result=result, ballots=ballots)


def _audit(
    steps: Steps,
    bundle: Bundle | None,
    book: LogBook | None,
    papers: Documents | None,
    workers: int,
) -> Result | None:
    devices = steps.take(
        5, lambda said: check_credentials(said, known(book), known(papers), workers)
    )
    logged = steps.take(
        6,
        lambda said: check_ballots(said, known(book), known(papers), known(devices), workers),
    )
    casts = steps.take(
        7,
        lambda said: open_ballots(
            said, known(bundle), known(book), known(papers), known(logged), workers
        ),
    )
    return steps.take(
        8,
        lambda said: recount(said, known(bundle), known(book), known(papers), known(casts)),
    )


def _public(
    steps: Steps, bundle: Bundle, book: LogBook | None, papers: Documents | None
) -> Result | None:
    steps.take(5, lambda said: count_credentials(said, known(book)))
    steps.take(6, lambda said: count_ballots(said, bundle, known(book)))
    steps.take(7, lambda said: note_opening(said, known(book), known(papers).agenda))
    return steps.take(8, lambda said: recalculate(said, bundle, known(book), known(papers)))


def _read(said: list[str], data: bytes) -> Bundle:
    """Step 1: read archive and manifest."""
    bundle = Bundle.read(data)
    said.append(
        f"{bundle.edition.words}证据包，{len(data):,} 字节，{len(bundle.files)} 个文件；"
        "每个文件的大小和 SHA-256 都与清单一致，没有多余的字节。"
    )
    return bundle
