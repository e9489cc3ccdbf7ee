"""The letters as PDF: chunks of pages merged into one file, progress told after each chunk."""

from collections.abc import Callable, Mapping, Sequence
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


def print_all(
    site: Site, job: UUID, arguments: Mapping[str, Any], progress: Callable[[int, int], None]
) -> str:
    """Issue what is missing, print every voter's newest letter, and return the file's name."""
    assembly = UUID(arguments["assembly"])
    with site.database.writing() as session:
        letter_services.issue_letters(session, assembly, site.keys, now=site.clock.now())
    with site.database.reading() as session:
        page = letter_queries.letter_page(session, assembly)
        lines = letter_queries.letters(session, assembly)
    merged = PdfWriter()
    for start in range(0, len(lines), CHUNK):
        progress(start, len(lines))
        merged.append(BytesIO(letters_pdf(site, page, lines[start : start + CHUNK])))
    path = site.config.outputs / f"letters-{job}.pdf"
    path.touch(mode=0o600)
    with path.open("wb") as handle:
        merged.write(handle)
    progress(len(lines), len(lines))
    return path.name


def letters_pdf(site: Site, page: LetterPage, lines: Sequence[LetterLine]) -> bytes:
    """Return these voters' newest letters, one A4 each."""
    host = site.config.public_url
    letters = []
    for line in lines:
        code = site.keys.letter_code(str(line.voter), line.serial)
        letters.append((line, code_in_groups(code), qr_data_uri(f"{host}/v/{code}")))
    typed = urlsplit(host).netloc + "/v"
    return printed("print/letters.html", page=page, letters=letters, typed=typed)


def code_in_groups(code: str) -> str:
    """Return a code as it is printed and read aloud: three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
