"""What people are told. The parties hear of an introduction, of a yes by all, and that it is closed; never of a no.

That an introduction is closed is told in the same words whatever the cause, and not to those who said no themselves.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.people.models import User

from .models import Answer, Appointment, Asking, AskingLetter, Introduction, Note
from .rules import voices_of

GROUP = _("Introductions")
register(NoticeKind("community.asked", _("A community manager wants to introduce you to somebody"), GROUP))
register(NoticeKind("community.waiting", _("An introduction still waits for your answer"), GROUP))
register(NoticeKind("community.accepted", _("All have said yes to an introduction"), GROUP))
register(NoticeKind("community.closed", _("An introduction is closed"), GROUP))
register(NoticeKind("community.answered", _("Somebody answers an introduction that you have made"), GROUP))
register(NoticeKind("community.due", _("It is time to follow up on your board"), GROUP))
register(NoticeKind("community.appointed", _("You are appointed community manager of a district"), GROUP))


def tell_asked(letter: AskingLetter, introduction: Introduction) -> None:
    """Send one person her own letter."""
    tell("community.asked", [letter.person], path=letter_path(letter), params=_params(introduction))


def tell_waiting(letter: AskingLetter, since: datetime, days: int) -> int:
    """Remind one person once for each number of days since the moment; returns how many were told."""
    introduction = letter.asking.introduction
    once = f"{letter.asking_id}:{since.timestamp():.0f}:{days}"
    told = tell("community.waiting", [letter.person], path=letter_path(letter), params=_params(introduction), once=once)
    return len(told)


def tell_answered(asking: Asking) -> None:
    """Tell those in charge of the district what a party has answered."""
    introduction = asking.introduction
    tell(
        "community.answered",
        _in_charge(introduction),
        path=introduction_path(introduction),
        params={"title": introduction.title, "party": str(asking.party), "answer": asking.answer},
    )


def tell_accepted(introduction: Introduction) -> None:
    """Tell all parties, and those in charge; for the worker, who sees them all."""
    params, once = _params(introduction), f"{introduction.pk}:{introduction.accepted}"
    for asking in _askings(introduction):
        tell("community.accepted", voices_of(asking.party), path=asking_path(asking), params=params, once=once)
    tell("community.accepted", _in_charge(introduction), path=introduction_path(introduction), params=params, once=once)


def tell_closed(introduction: Introduction) -> None:
    """Tell the parties that have not said no, all in the same words."""
    for asking in _askings(introduction):
        if asking.answer != Answer.NO:
            tell("community.closed", voices_of(asking.party), path=asking_path(asking), params=_params(introduction))


def tell_due(introduction: Introduction) -> int:
    """Remind those in charge, once for each day that was set; returns how many were told."""
    told = tell(
        "community.due",
        _in_charge(introduction),
        path=introduction_path(introduction),
        params={"title": introduction.title},
        once=f"introduction:{introduction.pk}:{introduction.follow_up}",
    )
    return len(told)


def tell_note_due(note: Note) -> int:
    """Remind the author of her own note, once for each day that was set; returns how many were told."""
    once = f"note:{note.pk}:{note.follow_up}"
    return len(tell("community.due", [note.author], path=note_path(note), params={"title": note.title}, once=once))


def tell_appointed(appointment: Appointment) -> None:
    """Tell the one who is appointed."""
    district = appointment.district
    tell(
        "community.appointed",
        [appointment.user],
        path=reverse("community:board", args=(district.municipality.slug, district.slug)),
        params={"district": district.name, "deputy": appointment.deputy},
        once=str(appointment.pk),
    )


def introduction_path(introduction: Introduction) -> str:
    """The page of those in charge."""
    district = introduction.district
    return reverse("community:introduction", args=(district.municipality.slug, district.slug, introduction.pk))


def note_path(note: Note) -> str:
    """The page of a note's author."""
    return reverse("community:note", args=(note.district.municipality.slug, note.district.slug, note.pk))


def asking_path(asking: Asking) -> str:
    """The page of those who speak for a party."""
    return reverse("community:asking", args=(asking.pk,))


def letter_path(letter: AskingLetter) -> str:
    return reverse("community:letter", args=(letter.token,))


def _params(introduction: Introduction) -> dict[str, Any]:
    return {
        "title": introduction.title,
        "district": introduction.district.name,
        "by": str(introduction.created_by),
    }


def _askings(introduction: Introduction) -> list[Asking]:
    whole = introduction.askings.select_related("party__department", "party__organisation", "party__person")
    return list(whole.order_by("pk"))


def _in_charge(introduction: Introduction) -> list[User]:
    charges = Appointment.objects.in_charge().filter(district=introduction.district_id).select_related("user")
    return [one.user for one in charges.order_by("pk")]
