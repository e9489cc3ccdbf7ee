"""One database for all tests of a module: each rolls back, or works in an estate of its own.

A room asks for it by importing the fixture in its conftest.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.postgresql import Server


@pytest.fixture(scope="module")
def database_url(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address a database with the newest schema that this module's tests share."""
    template = request.getfixturevalue(f"{backend}_template")
    if isinstance(template, Server):
        name = f"test_{uuid4().hex}"
        template.create(name, template="zhongjue_template")
        yield template.url(name)
        template.drop(name)
    else:
        path: Path = tmp_path_factory.mktemp("shared") / "zhongjue.db"
        shutil.copyfile(template, path)
        yield f"sqlite:///{path}"
