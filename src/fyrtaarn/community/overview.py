"""What a person's overview says of introductions: what waits for her answer, and what is due on her boards."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section, provider

from .models import Answer, IntroductionState
from .notices import asking_path, introduction_path, note_path
from .queries import askings_of, due_for, notes_due
from .rules import charges_of

WAITS = _("Do you want to meet?")


@provider
def introductions(user: Any) -> Iterator[OverviewItem]:
    """Introductions to be answered; boards, and what is to be followed up there."""
    waiting = askings_of(user).filter(
        introduction__state=IntroductionState.PROPOSED,
        introduction__expires__gt=clock.today(),
        answer__in=("", Answer.LATER),
    )
    for asking in waiting[:MOST_IN_A_SECTION]:
        yield OverviewItem(Section.WAITING, asking.introduction.title, asking_path(asking), WAITS)
    charges = charges_of(user)
    for introduction in due_for(charges)[:MOST_IN_A_SECTION] if charges else ():
        yield OverviewItem(
            Section.WAITING,
            introduction.title,
            introduction_path(introduction),
            _("Follow up"),
            introduction.follow_up,
        )
    for note in notes_due(user, charges)[:MOST_IN_A_SECTION] if charges else ():
        yield OverviewItem(Section.WAITING, note.title, note_path(note), _("Your note"), note.follow_up)
    for charge in charges:
        place = (charge.district.municipality.slug, charge.district.slug)
        yield OverviewItem(Section.MINE, charge.district.name, reverse("community:board", args=place), _("Your board"))
