"""What was measured, as a table for people and as JSON for whoever holds us to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.counting import Verified
from bench.load import Load

ByClients = Mapping[int, Load]
NOTHING = Verified(0.0, 0.0)


@dataclass(slots=True)
class Measured:
    """Everything one run measured; loads by database and number of clients."""

    cast: dict[str, ByClients] = field(default_factory=dict)
    bare: dict[str, ByClients] = field(default_factory=dict)
    many_voters: dict[str, ByClients] = field(default_factory=dict)
    tally_seconds: float = 0.0
    verified: Verified = NOTHING
    import_seconds: float = 0.0
    letters_seconds: float = 0.0
    page_bytes: int = 0

    def to_json(self) -> dict[str, object]:
        """Return the numbers under the names that the issue gives them."""
        return {
            "cast_http": _loads(self.cast),
            "bare_insert_http": _loads(self.bare),
            "cast_http_50k": _loads(self.many_voters),
            "tally_100k_s": round(self.tally_seconds, 3),
            "verify_bundle": {
                "per_s": round(self.verified.per_second),
                "raw_signatures_per_s": round(self.verified.raw_per_second),
            },
            "import_10k_s": round(self.import_seconds, 2),
            "letters_1000_s": round(self.letters_seconds, 1),
            "voter_page_bytes": self.page_bytes,
        }

    def table(self) -> str:
        """Return the numbers as people read them."""
        lines = [_LINE.format("", "clients", "per second", "p95 ms", "errors", "of bare")]
        for backend, loads in self.cast.items():
            for clients, load in loads.items():
                bare = self.bare[backend][clients]
                lines.append(_line(f"bare insert, {backend}", clients, bare, ""))
                share = f"{load.per_second / bare.per_second:.2f}"
                lines.append(_line(f"cast, {backend}", clients, load, share))
        for backend, loads in self.many_voters.items():
            lines += [_line(f"cast, {backend}, 50,000 voters", *one, "") for one in loads.items()]
        lines += [
            "",
            f"tally of 100,000 ballots        {self.tally_seconds:8.2f} s",
            f"verify 10,000-ballot bundle     {self.verified.per_second:8,.0f} ballots a second",
            f"  bare signature checks x cores {self.verified.raw_per_second:8,.0f} a second",
            f"import of 10,000 rows           {self.import_seconds:8.2f} s",
            f"1,000 letters                   {self.letters_seconds:8.1f} s",
            f"the voter's page                {self.page_bytes:8,d} bytes",
        ]
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """Write the JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.to_json(), indent=2) + "\n", "utf-8")


_LINE = "{:<34}{:>8}{:>12}{:>10}{:>8}{:>9}"


def _line(name: str, clients: int, load: Load, share: str) -> str:
    rate, p95 = f"{load.per_second:,.0f}", f"{load.p95:.1f}"
    return _LINE.format(name, clients, rate, p95, load.errors, share)


def _loads(by_backend: Mapping[str, ByClients]) -> dict[str, dict[str, dict[str, float | int]]]:
    return {
        backend: {
            str(clients): {
                "per_s": round(load.per_second, 1),
                "p95_ms": round(load.p95, 2),
                "errors": load.errors,
            }
            for clients, load in loads.items()
        }
        for backend, loads in by_backend.items()
    }
