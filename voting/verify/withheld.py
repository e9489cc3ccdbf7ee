"""Steps 5 to 7 in the public edition: what it cannot show, said plainly, and what it still can."""

from voting.agenda import Agenda
from voting.bundle import RESULT, Bundle
from voting.errors import Unproven
from voting.log import kinds
from voting.result import Aside, Result
from voting.verify.logbook import LogBook
from voting.verify.papers import require_opened
from voting.verify.report import at


def count_credentials(said: list[str], book: LogBook) -> None:
    """Step 5: say how many credentials stand in the log."""
    said.append(f"日志里有 {len(book.of(kinds.CREDENTIAL))} 份投票凭证，每份都在日志的根里。")
    said.append("公开版不列凭证内容，不能核对签发；这一点由持审计版的街道或法院核对。")


def count_ballots(said: list[str], bundle: Bundle, book: LogBook) -> None:
    """Step 6: as many ballots stand in the log as the result counts and sets aside."""
    with at(RESULT):
        result = Result.decode(bundle.files[RESULT])
    logged = {record.index for record in book.of(kinds.BALLOT)}
    counted, aside = sum(result.counted.values()), [one.index for one in result.aside]
    if counted + len(aside) != len(logged):
        raise Unproven(
            f"日志里有 {len(logged)} 张选票，{RESULT} 计入 {counted} 张、不计入 {len(aside)} 张，"
            "合起来不相等。"
        )
    if aside != sorted(set(aside)) or not logged.issuperset(aside):
        raise Unproven(f"{RESULT} 列为不计入的记录中，有的不是选票或重复列出。")
    _require_rulings(result, book)
    said.append(f"日志里有 {len(logged)} 张选票：计入 {counted} 张，不计入 {len(aside)} 张。")
    said += [
        f"不计入：第 {one.index} 号记录（{one.channel.words}），{one.reason.words}。"
        for one in result.aside
    ]
    said.append("公开版不列选票内容，不能核对签名；每位业主可凭回执核对自己的票在日志里。")


def _require_rulings(result: Result, book: LogBook) -> None:
    ruled = {record.facts.integer("index") for record in book.of(kinds.RULING)}
    for one in result.aside:
        if one.reason is Aside.RULED_VOID and one.index not in ruled:
            raise Unproven(f"{RESULT}：第 {one.index} 号选票列为认定无效，日志里没有这一认定。")


def note_opening(said: list[str], book: LogBook, agenda: Agenda) -> None:
    """Step 7: the log was opened with the frozen key."""
    require_opened(book, agenda)
    said.append("开票所用的钥匙就是冻结时公布的那一把。")
    said.append("公开版不含开票私钥，看不到任何一张票选了什么，各项票数只能在下一步核对算术。")
