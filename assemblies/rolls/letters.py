"""The letters as PDF: chunks printed by two processes, merged, progress told after each chunk."""

import multiprocessing
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from pypdf import PdfWriter

from assemblies.foundation.printing import printed
from assemblies.foundation.qr import qr_data_uri
from assemblies.foundation.site import Site
from assemblies.rolls.queries import letters as letter_queries
from assemblies.rolls.queries.letters import LetterLine, LetterPage
from assemblies.rolls.services import letters as letter_services

# WeasyPrint is fastest with one to two hundred pages a document, and progress is told after each.
CHUNK = 100
PRINTERS = 2

# A letter ready to print, and its code.
Addressed = tuple[LetterLine, str]
Progress = Callable[[int, int], None]


def print_all(site: Site, job: UUID, arguments: Mapping[str, Any], progress: Progress) -> str:
    """Issue what is missing, print every voter's newest letter, and return the file's name.

    Raises `MissingGlyph` and `FontMissing`.
    """
    assembly = UUID(arguments["assembly"])
    with site.database.writing() as session:
        letter_services.issue_letters(session, assembly, site.keys, now=site.clock.now())
    with site.database.reading() as session:
        page = letter_queries.letter_page(session, assembly)
        lines = letter_queries.letters(session, assembly)
    addressed = _addressed(site, lines)
    chunks = [addressed[start : start + CHUNK] for start in range(0, len(addressed), CHUNK)]
    merged, done = PdfWriter(), 0
    progress(done, len(lines))
    papers = _printed(partial(_print, site.config.public_url, page), chunks)
    for chunk, paper in zip(chunks, papers, strict=True):
        merged.append(BytesIO(paper))
        done += len(chunk)
        progress(done, len(lines))
    path = site.config.outputs / f"letters-{job}.pdf"
    path.touch(mode=0o600)
    with path.open("wb") as handle:
        merged.write(handle)
    return path.name


def letters_pdf(site: Site, page: LetterPage, lines: Sequence[LetterLine]) -> bytes:
    """Return these voters' newest letters, one A4 each; raises `MissingGlyph`, `FontMissing`."""
    return _print(site.config.public_url, page, _addressed(site, lines))


def _addressed(site: Site, lines: Sequence[LetterLine]) -> list[Addressed]:
    return [(line, site.keys.letter_code(str(line.voter), line.serial)) for line in lines]


def _printed(
    work: Callable[[Sequence[Addressed]], bytes], chunks: Sequence[Sequence[Addressed]]
) -> Iterable[bytes]:
    """Print chunks in their order, several processes at a time where there is more than one.

    Fresh processes, not copies of this one: what prints has threads and connections of its own.
    The keys stay here; a printer gets the codes of its own letters only.
    """
    if len(chunks) <= 1:
        yield from map(work, chunks)
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(PRINTERS, len(chunks)), mp_context=fresh) as printers:
        yield from printers.map(work, chunks)


def _print(host: str, page: LetterPage, addressed: Sequence[Addressed]) -> bytes:
    letters = [
        (line, code_in_groups(code), qr_data_uri(f"{host}/v/{code}")) for line, code in addressed
    ]
    typed = urlsplit(host).netloc + "/v"
    return printed("print/letters.html", page=page, letters=letters, typed=typed)


def code_in_groups(code: str) -> str:
    """Return a code as it is printed and read aloud: three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
