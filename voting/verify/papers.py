"""Steps 5 to 7 in the audit edition: every credential, every ballot, and what each one says."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from voting.agenda import Agenda
from voting.ballot import Ballot, Bound, Channel, Credential
from voting.bundle import OPENING_KEY, Bundle
from voting.errors import Unproven
from voting.log import kinds
from voting.opening import Logged, cast_of
from voting.sealing import read_private_jwk
from voting.signing import PublicKey
from voting.tally import Cast
from voting.verify.documents import Documents
from voting.verify.logbook import LogBook, Record, place_of
from voting.verify.report import at
from voting.verify.workers import spread


@dataclass(frozen=True, slots=True)
class Device:
    """A key that a credential gave to a voter, for which channel, and since which entry."""

    voter: UUID
    since: int
    channel: Channel


def check_credentials(
    said: list[str], book: LogBook, documents: Documents, workers: int
) -> dict[str, Device]:
    """Step 5: the registrar signed every credential, for a voter on the roll."""
    records = book.of(kinds.CREDENTIAL)
    credentials = spread(_credential_reader, documents.agenda.registrar, records, workers)
    devices: dict[str, Device] = {}
    for record, credential in zip(records, credentials, strict=True):
        _require_credential(record, credential, documents)
        given = Device(credential.voter, record.index, credential.channel)
        held = devices.setdefault(credential.key, given)
        if held.voter != credential.voter:
            raise Unproven(f"{record.place}：同一把投票钥匙发给了两位表决权人。")
        if held.channel is not credential.channel:
            raise Unproven(f"{record.place}：同一把投票钥匙既用于手机，又用于纸质票。")
    voters = len({device.voter for device in devices.values()})
    said.append(f"{len(records)} 份投票凭证都由登记公钥签发，发给名册上的 {voters} 位表决权人。")
    return devices


def _credential_reader(registrar: PublicKey) -> Callable[[Record], Credential]:
    def read(record: Record) -> Credential:
        with at(record.place):
            return Credential.read(record.facts.text("token"), registrar=registrar)

    return read


def _require_credential(record: Record, credential: Credential, documents: Documents) -> None:
    if credential.assembly != documents.agenda.assembly:
        raise Unproven(f"{record.place}：凭证是为另一次会议签发的。")
    if credential.voter not in documents.roll:
        raise Unproven(f"{record.place}：名册上没有凭证所说的表决权人 {credential.voter}。")
    if record.entry is None or credential.time > record.entry.time:
        raise Unproven(f"{record.place}：凭证的签发时间晚于记入日志的时间。")


def check_ballots(
    said: list[str],
    book: LogBook,
    documents: Documents,
    devices: Mapping[str, Device],
    workers: int,
) -> tuple[Logged, ...]:
    """Step 6: every ballot is signed by a key of its voter, bound, and the next of that key."""
    records = book.of(kinds.BALLOT)
    context = (frozenset(devices), documents.agenda, documents.bound)
    logged = tuple(spread(_ballot_reader, context, records, workers))
    nonces: dict[str, int] = {}
    last: dict[tuple[str, UUID], Ballot] = {}
    for one in logged:
        ballot = one.ballot
        _require_own_key(one, devices, documents)
        _require_next(one, last.get((ballot.key, ballot.voter)))
        last[ballot.key, ballot.voter] = ballot
        if nonces.setdefault(ballot.nonce, one.index) != one.index:
            raise Unproven(
                f"{place_of(one.index)}：与第 {nonces[ballot.nonce]} 号记录是同一张选票。"
            )
    voters = len({one.ballot.voter for one in logged})
    said.append(
        f"{len(logged)} 张选票，来自 {voters} 位表决权人：签名有效，钥匙有凭证，"
        "与冻结的议程、名册、规则绑定，前后相接，没有重复。"
    )
    return logged


def _ballot_reader(
    context: tuple[frozenset[str], Agenda, Bound],
) -> Callable[[Record], Logged]:
    keys, agenda, bound = context

    def read(record: Record) -> Logged:
        with at(record.place):
            ballot = Ballot.read(record.facts.text("token"), trusted=keys)
            ballot.require_bound(bound)
            if record.entry is None or record.entry.time < agenda.opens:
                raise Unproven("选票早于投票开始的时间。")
            return Logged(record.index, record.entry.time, ballot)

    return read


def _require_own_key(one: Logged, devices: Mapping[str, Device], documents: Documents) -> None:
    """Refuse a key without an earlier credential of this voter and this channel.

    Under the rule that paper stands, a phone that could call itself paper would outrank the paper.
    """
    ballot, place = one.ballot, place_of(one.index)
    if ballot.voter not in documents.roll:
        raise Unproven(f"{place}：名册上没有选票所说的表决权人 {ballot.voter}。")
    device = devices.get(ballot.key)
    if device is None or device.voter != ballot.voter:
        raise Unproven(f"{place}：签名的钥匙没有发给表决权人 {ballot.voter} 的凭证。")
    if device.since > one.index:
        raise Unproven(f"{place}：选票早于它的投票凭证（第 {device.since} 号记录）。")
    if device.channel is not ballot.channel:
        said = (device.channel.words, ballot.channel.words)
        raise Unproven(f"{place}：凭证是发给{said[0]}票的，选票却写着{said[1]}票。")
    if ballot.channel is Channel.PAPER and ballot.counter != 1:
        raise Unproven(f"{place}：录入一张纸质票的钥匙又签了一张。")


def _require_next(one: Logged, last: Ballot | None) -> None:
    counter, previous = (last.counter + 1, last.identity) if last else (1, None)
    if (one.ballot.counter, one.ballot.previous) != (counter, previous):
        raise Unproven(
            f"{place_of(one.index)}：应是这把钥匙的第 {counter} 张选票，却写着第 "
            f"{one.ballot.counter} 张，或者接不上前一张：中间有选票被删去或调换。"
        )


def open_ballots(
    said: list[str],
    bundle: Bundle,
    book: LogBook,
    documents: Documents,
    logged: tuple[Logged, ...],
    workers: int,
) -> list[Cast]:
    """Step 7: the opening key is the frozen one's other half; open every ballot with it."""
    with at(OPENING_KEY):
        opening = PublicKey.of(read_private_jwk(bundle.files[OPENING_KEY]))
    require_opened(book, documents.agenda)
    if opening != documents.agenda.opening:
        raise Unproven(f"{OPENING_KEY} 不是冻结时公布的开票公钥的另一半。")
    ruled = frozenset(record.facts.integer("index") for record in book.of(kinds.RULING))
    context = (bundle.files[OPENING_KEY], documents.agenda, ruled)
    casts = spread(_opener, context, logged, workers)
    reasons = Counter(cast.aside for cast in casts if cast.aside is not None)
    said.append(f"开票私钥与冻结的公钥相符，{len(casts)} 张选票逐张打开。")
    said += [f"其中 {many} 张：{reason.words}。" for reason, many in reasons.items()]
    return casts


def _opener(context: tuple[bytes, Agenda, Collection[int]]) -> Callable[[Logged], Cast]:
    jwk, agenda, ruled = context
    key = read_private_jwk(jwk)

    def open_one(logged: Logged) -> Cast:
        return cast_of(logged, key, agenda, ruled)

    return open_one


def require_opened(book: LogBook, agenda: Agenda) -> None:
    """Refuse a log that was opened with another key than the frozen one."""
    if book.facts(kinds.OPENED).text("key") != agenda.opening.thumbprint:
        raise Unproven("日志“开票”记录写的钥匙，不是冻结时公布的开票公钥。")
