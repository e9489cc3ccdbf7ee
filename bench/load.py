"""A load generator: so many keep-alive clients in one process, each waiting for its answer."""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = b"content-length:"
GIVE_UP_AFTER = 60.0
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of requests took: how many there were, and how many were not answered well."""

    asked: int
    seconds: float
    milliseconds: tuple[float, ...]
    errors: int
    first_error: str = ""

    @property
    def per_second(self) -> float:
        """Return the rate of good answers."""
        return (self.asked - self.errors) / self.seconds

    @property
    def p95(self) -> float:
        """Return the time within which 95 of 100 answers came, in milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]


@dataclass(slots=True)
class _Client:
    """One connection, and the answer it is waiting for."""

    connection: socket.socket
    asked_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)

    def ask(self, request: bytes) -> None:
        self.got.clear()
        self.asked_at = time.perf_counter()
        self.connection.sendall(request)

    def read(self) -> bytes | None:
        """Return the whole answer once it is there; an empty one where the server hung up."""
        try:
            data = self.connection.recv(CHUNK)
        except ConnectionError:
            data = b""
        if not data:
            return b""
        self.got += data
        return bytes(self.got) if _is_whole(self.got) else None


def run(port: int, requests: Sequence[bytes], clients: int) -> Load:
    """Send all requests over so many connections, as fast as the answers come back."""
    left = iter(requests)
    took: list[float] = []
    bad: list[str] = []
    with selectors.DefaultSelector() as waiting:
        for _ in range(clients):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(connection, selectors.EVENT_READ, _Client(connection))
        begun = time.perf_counter()
        busy = sum(_next(key.data, left) for key in list(waiting.get_map().values()))
        while busy and time.perf_counter() < begun + GIVE_UP_AFTER:
            for key, _ in waiting.select(timeout=1.0):
                answer = key.data.read()
                if answer is None:
                    continue
                took.append(1000 * (time.perf_counter() - key.data.asked_at))
                if not _is_good(answer):
                    bad.append(answer.decode("utf-8", "replace"))
                if not answer:
                    waiting.unregister(key.fileobj)
                    key.data.connection.close()
                busy -= not (answer and _next(key.data, left))
        seconds = time.perf_counter() - begun
        for key in list(waiting.get_map().values()):
            key.data.connection.close()
    # What was not answered in time, or not even asked, is an error like any other.
    errors = len(requests) - len(took) + len(bad)
    return Load(len(requests), seconds, tuple(took), errors, (bad or [""])[0])


def _next(client: _Client, left: Iterator[bytes]) -> bool:
    """Let a client ask the next request; say whether there was one."""
    request = next(left, None)
    if request is not None:
        client.ask(request)
    return request is not None


def _is_whole(got: bytearray) -> bool:
    end = got.find(END_OF_HEADERS)
    if end < 0:
        return False
    headers = bytes(got[:end]).lower()
    at = headers.find(LENGTH)
    length = int(headers[at + len(LENGTH) :].partition(b"\r\n")[0])
    return len(got) >= end + len(END_OF_HEADERS) + length


def _is_good(answer: bytes) -> bool:
    return answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201", b"HTTP/1.1 204"))
