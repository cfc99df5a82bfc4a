"""Agreements in the journal: how each began, its texts and their answers, status and reviews."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, beginning_of, source
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Acceptance, Agreement, Review, StatusUpdate, Wording


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """Agreements in which the person has done something or is a contact, or to which the organisation is a party."""
    hers = Q(created_by=person) | Q(parties__contact=person) | Q(wordings__proposed_by=person) | Q(updates__by=person)
    theirs = hers if person else Q(parties__organisation=organisation)
    return entries_of(Agreement.objects.filter(theirs, municipality=municipality))


def entries_of(agreements: Iterable[Agreement]) -> Iterator[Entry]:
    """What there is in agreements."""
    numbers = [agreement.pk for agreement in agreements]
    found = Agreement.objects.filter(pk__in=numbers).select_related("created_by").order_by("pk")
    for agreement in found.prefetch_related(
        Prefetch("wordings", Wording.objects.select_related("proposed_by", "settled_by")),
        Prefetch("wordings__acceptances", Acceptance.objects.select_related("by")),
        Prefetch("updates", StatusUpdate.objects.select_related("by")),
        Prefetch("reviews", Review.objects.exclude(held=None).select_related("held_by")),
    ):
        matter = title_of(agreement)
        yield Entry(agreement.created, matter, _("Begun"), agreement.goal, str(agreement.created_by))
        yield from _texts(agreement, matter)
        for update in agreement.updates.all():
            yield Entry(update.created, matter, update.get_course_display(), update.text, str(update.by))
        for review in agreement.reviews.all():
            yield Entry(beginning_of(review.held), matter, _("Review"), review.note, str(review.held_by))
        if agreement.closed:
            lessons = "\n".join(filter(None, (agreement.worked, agreement.did_not_work, agreement.next_time)))
            yield Entry(beginning_of(agreement.closed), matter, agreement.get_state_display(), lessons, "")


def title_of(agreement: Agreement) -> str:
    """What the agreement is called in the journal."""
    return _("Agreement %(number)s: %(title)s") % {"number": agreement.pk, "title": agreement.title}


def _texts(agreement: Agreement, matter: str) -> Iterator[Entry]:
    for wording in agreement.wordings.all():
        words = "\n".join(filter(None, (wording.goal, wording.promised_effect, wording.reason)))
        what = _("Terms %(number)s") % {"number": wording.number}
        yield Entry(wording.proposed, matter, what, words, str(wording.proposed_by))
        for acceptance in wording.acceptances.all():
            yes = _("Yes to terms %(number)s") % {"number": wording.number}
            yield Entry(acceptance.at, matter, yes, "", str(acceptance.by))
        if wording.settled:
            by = str(wording.settled_by or "")
            yield Entry(wording.settled, matter, wording.get_state_display(), wording.refusal, by)
