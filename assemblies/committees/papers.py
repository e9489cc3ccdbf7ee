"""The papers of this room, made from its records: forms, notices, the filing package, the list."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from pypdf import PdfWriter
from pypdf.errors import PyPdfError

from assemblies.committees.queries.filed import HandoverView
from assemblies.committees.queries.formed import GroupView
from assemblies.committees.queries.package import Enclosure, Package
from assemblies.committees.queries.standing import CandidateView
from assemblies.foundation.printing import printed
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.uploads import PDF

# The papers of each kind of filing, in the order of the package.
PARTS = {
    "new": ("application", "table", "members", "resolution", "reviews", "texts"),
    "change": ("change", "members"),
    "end": ("end",),
}
NAMES = {
    "application": "成立（换届）备案申请书",
    "table": "业主委员会备案表",
    "members": "业主委员会委员名单",
    "resolution": "业主大会选举决议",
    "reviews": "联审意见表",
    "texts": "议事规则和管理规约",
    "change": "业主委员会变更备案表",
    "end": "业主委员会注销备案表",
}


def parts_of(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the papers of a kind of filing: address and name."""
    return tuple((part, NAMES[part]) for part in PARTS[kind])


def package_pdf(package: Package) -> bytes:
    """Return the whole package as one PDF, in the order of SD 31, with what was uploaded behind.

    An uploaded PDF that cannot be read is named on a page of its own, to be enclosed on paper.
    """
    parts = [part for part in PARTS[package.filing.kind] if _has(package, part)]
    made = printed("print/filing.html", package=package, parts=parts, names=NAMES)
    whole = PdfWriter()
    for content in (made, *map(_sheet, package.enclosures)):
        whole.append(BytesIO(content))
    whole.add_metadata({"/Title": f"{package.committee}备案材料"})
    with BytesIO() as buffer:
        whole.write(buffer)
        return buffer.getvalue()


def part_pdf(package: Package, part: str) -> tuple[bytes, str]:
    """Return one paper of the package and its name; raises `NotFound` for another."""
    if part not in PARTS[package.filing.kind] or not _has(package, part):
        raise NotFound
    data = printed("print/filing.html", package=package, parts=[part], names=NAMES)
    return data, NAMES[part]


def candidate_pdf(estate: str, view: CandidateView, *, now: datetime) -> bytes:
    """Return 候选人推荐表, for the files: with phone, negative list and opinions."""
    return printed("print/candidate.html", estate=estate, sheets=[view], open=False, now=now)


def candidates_pdf(estate: str, sheets: Sequence[CandidateView], *, now: datetime) -> bytes:
    """Return what voters read of the candidates: no phone, no doubts, but what is missing."""
    return printed("print/candidate.html", estate=estate, sheets=sheets, open=True, now=now)


def reviews_pdf(
    estate: str, candidates: Sequence[CandidateView], departments: Sequence[str], *, now: datetime
) -> bytes:
    """Return 联审意见表: candidates by departments, every missing opinion named."""
    return printed(
        "print/reviews.html", estate=estate, candidates=candidates, departments=departments, now=now
    )


def group_pdf(estate: str, street: str, view: GroupView, *, now: datetime) -> bytes:
    """Return the notice that a group was formed (SD 21)."""
    return printed("print/group.html", estate=estate, street=street, view=view, now=now)


def handover_pdf(estate: str, view: HandoverView, *, now: datetime) -> bytes:
    """Return 移交清单."""
    return printed("print/handover.html", estate=estate, view=view, now=now)


def _sheet(paper: Enclosure) -> bytes:
    """Return an uploaded paper as pages: a PDF as it is, a picture on a page."""
    if paper.media_type == PDF and _readable(paper.content):
        return paper.content
    picture = ""
    if paper.media_type != PDF:
        picture = f"data:{paper.media_type};base64,{b64encode(paper.content).decode()}"
    return printed("print/enclosure.html", paper=paper, picture=picture)


def _readable(content: bytes) -> bool:
    """Say whether the pages of a PDF can be taken over; what is broken inside shows only then."""
    try:
        PdfWriter().append(BytesIO(content))
    except (PyPdfError, KeyError, TypeError, ValueError):
        return False
    return True


def _has(package: Package, part: str) -> bool:
    held = {
        "resolution": package.vote is not None,
        "reviews": bool(package.candidates),
        "texts": bool(package.texts),
    }
    return held.get(part, True)
