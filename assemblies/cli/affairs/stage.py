"""The stage on which affairs are played: the transaction, the keys, the estate, who acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.cli import demo_papers
from assemblies.cli.demo_staff import Team
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.foundation.wording import day_text
from assemblies.records.resolutions import ResolutionRecord


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that a step of the committee's affairs needs beside its moment."""

    session: Session
    keys: Keys
    team: Team

    @property
    def estate(self) -> UUID:
        """Return the estate whose affairs these are."""
        return self.team.estate

    def who(self, username: str) -> str:
        """Return a person of the team as records name them."""
        post = next(one.post for one in self.team.sign_ins if one.post.username == username)
        return f"{post.display_name}（{post.roles_zh}）"

    def name(self, username: str) -> str:
        """Return a person's bare name."""
        return next(
            one.post.display_name for one in self.team.sign_ins if one.post.username == username
        )

    def resolution(self, title: str) -> UUID:
        """Return the newest resolution whose title holds these words."""
        found = select(ResolutionRecord.id).where(ResolutionRecord.title.contains(title))
        newest = found.order_by(ResolutionRecord.published_at.desc(), ResolutionRecord.number)
        return self.session.execute(newest.limit(1)).scalar_one()


def paper(file: str, title: str, issuer: str, paragraphs: Sequence[str], on: datetime) -> Upload:
    """Return a short paper as a PDF that somebody would upload."""
    section = demo_papers.Section(title, tuple(paragraphs))
    made = demo_papers.Paper(file, issuer, title, (issuer,), day_text(on), (section,))
    return made.upload()
