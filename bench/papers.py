"""How long the letters take to print, and how many bytes a voter's page is."""

import gzip
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from time import perf_counter
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import uuid4

from assemblies.rolls.letters import print_all
from bench.crowd import Crowd, household

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
IMPORTED = re.compile(rb'^import .* from "([^"]+)";$', re.MULTILINE)


def letters_seconds(made: Crowd) -> float:
    """Return how long the whole set of letters takes, as the worker prints it."""
    begun = perf_counter()
    arguments = {"assembly": str(made.frozen.assembly)}
    print_all(made.site, uuid4(), arguments, lambda _done, _total: None)
    return perf_counter() - begun


def voter_page_bytes(made: Crowd) -> int:
    """Come in by the first voter's letter and weigh the ballot paper with all it loads."""
    browser = _Browser(made.site.config.port)
    browser.get(f"/v/{made.frozen.letters[0].code}")
    token = CSRF.search(browser.get("/prove").decode())
    assert token is not None, "the door shows no form"
    fact = household(0).owners[0].phones[0][-4:]
    status = browser.post("/prove", {"csrf_token": token[1], "fact": fact})
    assert status == 303, f"the door stayed shut: {status}"
    weight, wanted, seen = 0, ["/vote"], set[str]()
    while wanted:
        path = wanted.pop()
        if path not in seen:
            seen.add(path)
            content = browser.get(path)
            weight += browser.on_the_wire
            wanted += [urlsplit(urljoin(path, one)).path for one in _loaded(path, content)]
    return weight


class _Browser:
    """A browser that keeps cookies and knows how many bytes an answer had on the wire."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self.on_the_wire = 0

    def get(self, path: str) -> bytes:
        answer, body = self._ask("GET", path)
        assert answer.status < 400, f"{path}: {answer.status}"
        return body

    def post(self, path: str, fields: Mapping[str, str]) -> int:
        return self._ask("POST", path, urlencode(fields))[0].status

    def _ask(self, method: str, path: str, body: str = "") -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("localhost", self._port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Accept-Encoding": "gzip", "Cookie": cookies}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        for written in answer.headers.get_all("Set-Cookie", []):
            name, _, value = written.partition(";")[0].partition("=")
            self._cookies[name] = value
        self.on_the_wire = len(data) + len(str(answer.headers))
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return answer, gzip.decompress(data) if packed else data


class _Page(HTMLParser):
    """Finds what a page loads by itself: style sheets and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        old = "nomodule" in said  # a browser that knows modules leaves it where it is
        if tag == "script" and said.get("src") and not old:
            self.found.append(said["src"] or "")
        if tag == "link" and said.get("rel") == "stylesheet":
            self.found.append(said["href"] or "")


def _loaded(path: str, content: bytes) -> list[str]:
    """Return what a page or a script asks for."""
    if path.endswith(".js"):
        return [one.decode() for one in IMPORTED.findall(content)]
    if path.endswith(".css"):
        return []
    page = _Page()
    page.feed(content.decode())
    return page.found
