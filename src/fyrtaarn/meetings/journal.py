"""Dialogues in the journal: each message with its files."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.journal import Entry, source
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Meeting, Message


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """Dialogues in which the person has opened or written, or which the organisation has."""
    theirs = Q(opener=person) | Q(messages__author=person) if person else Q(organisation=organisation)
    return entries_of(Meeting.objects.filter(theirs, municipality=municipality))


def entries_of(dialogues: Iterable[Meeting]) -> Iterator[Entry]:
    """What was said in dialogues."""
    numbers = [dialogue.pk for dialogue in dialogues]
    related = Message.objects.select_related("author", "meeting__sought", "meeting__offered")
    said = list(related.filter(meeting__in=numbers).order_by("created", "pk"))
    files = files_of_each(said)
    for message in said:
        what = message.get_occasion_display() or _("Message")
        yield Entry(
            message.created, title_of(message.meeting), what, message.text, str(message.author),
            tuple(files[message.pk]),
        )  # fmt: skip


def title_of(dialogue: Meeting) -> str:
    """What the dialogue is called in the journal."""
    return _("Dialogue %(number)s: %(sought)s and %(offered)s") % {
        "number": dialogue.pk, "sought": dialogue.sought.title, "offered": dialogue.offered.title,
    }  # fmt: skip
