"""Files made once and handed out many times: a public page must stay cheap under many readers."""

import secrets
from collections.abc import Callable
from pathlib import Path


def kept(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Return the file `name` in `folder`, made on first demand; the name must say its version."""
    path = folder / name
    if path.is_file():
        return path.read_bytes()
    data = make()
    fresh = folder / f".{name}.{secrets.token_hex(4)}"
    fresh.touch(mode=0o600)
    fresh.write_bytes(data)
    fresh.replace(path)
    return data
