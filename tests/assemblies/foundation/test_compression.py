"""Sheets and scripts travel compressed where a browser takes it; pages never do."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from assemblies.app import create_app
from assemblies.foundation.config import ROOT, Config

TAKES = {"gzip": True, "br, gzip;q=0.5": True, "br": False, "gzip;q=0": False, "": False}


@pytest.fixture
def client(sqlite_url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    app = create_app(Config(tmp_path / "instance", sqlite_url, "http://localhost"))
    yield app.test_client()
    app.extensions["site"].database.close()


@pytest.mark.parametrize(("takes", "compressed"), TAKES.items(), ids=repr)
@pytest.mark.parametrize("name", ["css/base.css", "ballots/sign.js", "icons/mark.svg"])
def test_what_is_static_is_compressed(
    client: FlaskClient, name: str, takes: str, compressed: bool
) -> None:
    with client.get(f"/static/{name}", headers={"Accept-Encoding": takes}) as answer:
        data = gzip.decompress(answer.data) if compressed else answer.data
        assert data == (ROOT / "static" / name).read_bytes()
        assert (answer.headers.get("Content-Encoding") == "gzip") is compressed
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert "Accept-Encoding" in answer.vary


def test_an_unchanged_sheet_is_not_sent_again(client: FlaskClient) -> None:
    takes = {"Accept-Encoding": "gzip"}
    with client.get("/static/css/base.css", headers=takes) as first:
        known = {"If-None-Match": first.headers["ETag"], **takes}
    with client.get("/static/css/base.css", headers=known) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_page_is_not_compressed(client: FlaskClient) -> None:
    answer = client.get("/v", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
