"""The core of 众决: what the law and the ballots say. A stranger can read it and recount.

    from pathlib import Path
    from voting.verify.audit import verify

    report = verify(Path("2026-audit.zip").read_bytes())
    print(report.said_zh, [item.outcome.words for item in report.result.items])

It needs no web framework, no database, no network and no clock; SPEC.md is its contract.
"""

from voting.errors import VotingError

__all__ = ["VotingError"]
