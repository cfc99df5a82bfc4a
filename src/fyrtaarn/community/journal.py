"""Introductions in the journal: who was to be brought together, what a party was told, and what came of it.

What one party is told and answers is no other party's, so there is no journal of a whole introduction: each finds its
own part, and a community manager also what she has written to the others.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, beginning_of, source
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Asking, Introduction


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """Introductions that the person has made, or in which she or the organisation was asked."""
    hers = Q(introduction__created_by=person) | Q(party__person=person) | Q(answered_by=person)
    about: dict[str, Any] = {"introduction__district__municipality": municipality}
    found = Asking.objects.filter(hers if person else Q(party__organisation=organisation), **about)
    found = found.order_by("introduction", "pk")
    told: set[int] = set()
    for asking in found.select_related("introduction__created_by", "party__department", "party__organisation"):
        introduction = asking.introduction
        if introduction.pk not in told:
            told.add(introduction.pk)
            yield from _outcome(introduction)
        yield from _asked(asking)


def title_of(introduction: Introduction) -> str:
    """What the introduction is called in the journal."""
    return _("Introduction %(number)s: %(title)s") % {"number": introduction.pk, "title": introduction.title}


def _asked(asking: Asking) -> Iterator[Entry]:
    introduction, matter = asking.introduction, title_of(asking.introduction)
    if introduction.proposed is None:
        return  # not sent: nobody has been told anything
    asked = _("Asked of %(party)s") % {"party": asking.party}
    yield Entry(introduction.proposed, matter, asked, asking.reason, str(introduction.created_by))
    if asking.answered:
        yield Entry(asking.answered, matter, asking.get_answer_display(), "", str(asking.answered_by))


def _outcome(introduction: Introduction) -> Iterator[Entry]:
    matter = title_of(introduction)
    if introduction.met_on:
        yield Entry(beginning_of(introduction.met_on), matter, _("They have met"), "", "")
    if introduction.closed:
        what = introduction.get_outcome_display() or introduction.get_state_display()
        yield Entry(introduction.closed, matter, what, introduction.outcome_words, "")
