"""Finds the known answers that nobody here wrote: ../shared/vectors beside the checkout."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors"


def known_answers(name: str) -> Any:
    """Return the content of one JSON file; without the folder skip, but fail in CI."""
    return json.loads(_found(VECTORS / name).read_text("utf-8"))


def all_known_answers(folder: str) -> Iterator[tuple[str, Any]]:
    """Return name and content of every JSON file under a folder; skip or fail without it."""
    files = sorted(_found(VECTORS / folder).rglob("*.json"))
    assert files, f"{folder} is empty"
    for path in files:
        yield str(path.relative_to(VECTORS)), json.loads(path.read_text("utf-8"))


def _found(path: Path) -> Path:
    if not path.exists():
        missing = f"the known answers are not beside the checkout: {path.name}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path
