"""The papers of a meeting: 会议通知 before it, 会议纪要 after it."""

from assemblies.foundation.clock import in_china
from assemblies.foundation.printing import printed
from assemblies.foundation.qr import qr_data_uri
from assemblies.foundation.refusals import WrongStep
from assemblies.meetings.drafts import ABSENT, PRESENT, SUSPENDED, VOTES_ZH
from assemblies.meetings.shown import MeetingView


def notice_pdf(view: MeetingView) -> bytes:
    """Print the notice with the agenda; raises `MissingGlyph`, `WrongStep` when cancelled."""
    if view.cancelled_at is not None:
        raise WrongStep("这次会议已经取消。")
    return printed(
        "print/meeting_notice.html",
        view=view,
        number=f"会议通知〔{in_china(view.planned).year}〕{view.term}-{view.number}号",
        issuer=f"{view.place.name}业主委员会",
    )


def minutes_pdf(view: MeetingView, public_url: str) -> bytes:
    """Print the minutes; raises `MissingGlyph`, and `WrongStep` before the meeting was held."""
    if view.held_at is None:
        raise WrongStep("会议还没有开，没有纪要。")
    address = f"{public_url}/board/meetings/{view.id}/minutes.pdf"
    return printed(
        "print/minutes.html",
        view=view,
        number=f"会议纪要〔{in_china(view.held_at).year}〕{view.term}-{view.number}号",
        issuer=f"{view.place.name}业主委员会",
        present=view.of(PRESENT),
        away=view.of(ABSENT),
        suspended=view.of(SUSPENDED),
        words=VOTES_ZH,
        late=view.posted_at is not None and view.late(view.posted_at),
        qr=qr_data_uri(address),
    )
