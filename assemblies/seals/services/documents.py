"""No blank paper: a document is looked at before anybody may sign for its stamp."""

from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import PDF, Checked

# Operators that put something on paper: images and forms, fills and strokes, shadings, inline.
_DRAWS = frozenset({b"Do", b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"BI"})
_INLINE = b"INLINE IMAGE"


def require_written(paper: Checked) -> int:
    """Return how many pages a document has, 0 for a photograph, which says nothing of that.

    Raises `Incomplete` for a PDF that cannot be read or has a page with nothing on it.
    """
    if paper.media_type != PDF:
        return 0
    try:
        pages = list(PdfReader(BytesIO(paper.content)).pages)
        blank = [number for number, page in enumerate(pages, start=1) if not _written(page)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Incomplete(f"“{paper.name}”打不开，请重新导出成 PDF 再传。") from error
    if not pages:
        raise Incomplete(f"“{paper.name}”里一页也没有。")
    if blank:
        said = "、".join(map(str, blank))
        raise Incomplete(f"“{paper.name}”第 {said} 页是空白的。空白纸不能盖章，请删去空白页再传。")
    return len(pages)


def _written(page: PageObject) -> bool:
    """Say whether a page carries text, a picture or a drawing."""
    if page.extract_text().strip():
        return True
    contents = page.get_contents()
    if contents is None:
        return False
    return any(
        operator in _DRAWS or operator == _INLINE
        for _, operator in ContentStream(contents, page.pdf).operations
    )
