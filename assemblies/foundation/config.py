"""Configuration, read once from the environment into one frozen value."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from assemblies.foundation.refusals import Incomplete

ROOT = Path(__file__).resolve().parents[2]
MOST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Config:
    """Where this installation keeps its data and how it answers.

    `public_url` is the address printed into letters and QR codes, without a trailing slash.
    `proxies` is how many reverse proxies stand in front: whose word on the caller is believed.
    `ahead` moves the clock for rehearsals and tests; it is zero in service.
    """

    instance: Path
    database_url: str
    public_url: str
    port: int = 8000
    host: str = "127.0.0.1"
    workers: int = 2
    behind_https: bool = False
    proxies: int = 0
    ahead: timedelta = timedelta()

    @property
    def keys(self) -> Path:
        """Return the folder of the private halves, outside the tree that git sees."""
        return self.instance / "keys"

    @property
    def outputs(self) -> Path:
        """Return the folder of files made by jobs."""
        return self.instance / "outputs"


def from_environment() -> Config:
    """Read the configuration; every name has a default for one machine. Raises `Incomplete`."""
    port = _port(os.environ.get("PORT", "8000"))
    instance = Path(os.environ.get("ZHONGJUE_INSTANCE", str(ROOT / "instance"))).resolve()
    public_url = os.environ.get("ZHONGJUE_PUBLIC_URL", f"http://localhost:{port}").rstrip("/")
    return Config(
        instance=instance,
        database_url=os.environ.get("DATABASE_URL", f"sqlite:///{instance / 'zhongjue.db'}"),
        public_url=public_url,
        port=port,
        host=os.environ.get("ZHONGJUE_HOST", "127.0.0.1"),
        workers=int(os.environ.get("ZHONGJUE_WORKERS", "2")),
        behind_https=public_url.startswith("https://"),
        proxies=int(os.environ.get("ZHONGJUE_PROXIES", "0")),
    )


def _port(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= MOST_PORT:
        raise Incomplete(f"PORT 要写成 1 到 {MOST_PORT} 之间的数字，现在写的是“{written}”。")
    return int(written)
