"""The notice on paper: 公告, A4, with a code that leads to the public page."""

from functools import lru_cache

from assemblies.agendas.queries.notice import Notice, notice_items
from assemblies.foundation.clock import in_china
from assemblies.foundation.printing import printed
from assemblies.foundation.qr import qr_data_uri

KEPT = 16


def notice_pdf(notice: Notice, public_url: str, *, draft: bool) -> bytes:
    """Print a notice; raises `MissingGlyph` rather than an empty box."""
    return _printed(notice.encode(), f"{public_url}/board/{notice.assembly}", draft)


@lru_cache(maxsize=KEPT)
def _printed(content: bytes, address: str, draft: bool) -> bytes:  # noqa: FBT001 -- part of the key
    """Print the same content only once: a posted notice is asked for by many."""
    notice = Notice.decode(content)
    return printed(
        "print/notice.html",
        notice=notice,
        items=notice_items(notice),
        year=in_china(notice.posted).year,
        address=address,
        qr=qr_data_uri(address),
        draft="草稿，未张贴" if draft else "",
    )
