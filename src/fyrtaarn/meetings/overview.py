"""What a person's overview says of her dialogues."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import OverviewItem, Section

from .models import MeetingSide, MeetingState
from .notices import path_of
from .queries import WAITS_FOR_ME, dialogues_of

if TYPE_CHECKING:
    from .queries import Dialogue

MOST_SHOWN = 50


@overview.provider
def waiting_dialogues(user: Any) -> Iterable[OverviewItem]:
    """Dialogues that wait for an answer from the person's side, and those with messages that she has not read."""
    waiting = dialogues_of(user).filter(WAITS_FOR_ME | Q(unread__gt=0)).order_by("latest", "pk")
    return [_item(meeting) for meeting in waiting[:MOST_SHOWN]]


def _item(meeting: "Dialogue") -> OverviewItem:
    mine = MeetingSide(meeting.mine)
    title = f"{meeting.name_of(mine.other)}: {meeting.listing_of(mine).title}"
    return OverviewItem(Section.WAITING, title, path_of(meeting), why=_why(meeting, mine))


def _why(meeting: "Dialogue", mine: MeetingSide) -> Any:
    if meeting.state == MeetingState.PROPOSED and meeting.opened_by != mine:
        return _("Waits for your yes or no")
    unread: int = meeting.unread
    if unread:
        return ngettext("%(count)d new message", "%(count)d new messages", unread) % {"count": unread}
    return _("Waits for your answer")
