"""Stays in the journal: the application, each step with its reason, the signed declaration and what was learned."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, in_order, source
from fyrtaarn.foundation.models import Step
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Learned, Stay
from .states import STAY_STEPS


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """Stays in which the person has been the guest or has done something, or that the organisation has applied for."""
    label = Stay._meta.label_lower
    done = Step.objects.filter(subject_type=label, by=person).order_by().values("subject_id") if person else ()
    hers = Q(guest=person) | Q(pk__in=done) | Q(learned__by=person)
    found = Stay.objects.filter(hers if person else Q(organisation=organisation))
    return entries_of(found.filter(period__offer__department__municipality=municipality))


def entries_of(stays: Iterable[Stay]) -> Iterator[Entry]:
    """What there is in stays, each in the order in which it happened."""
    numbers = [stay.pk for stay in stays]
    steps = Step.objects.filter(subject_type=Stay._meta.label_lower, subject_id__in=numbers)
    log: dict[int, list[Step]] = {number: [] for number in numbers}
    for step in steps.select_related("by").order_by("at", "pk"):
        log[step.subject_id].append(step)
    found = Stay.objects.filter(pk__in=numbers).select_related("period__offer", "organisation", "declaration")
    for stay in found.prefetch_related(Prefetch("learned", Learned.objects.select_related("by"))).order_by("pk"):
        yield from in_order([*_steps(stay, log[stay.pk]), *_learned(stay)])


def title_of(stay: Stay) -> str:
    """What the stay is called in the journal."""
    values = {"number": stay.pk, "title": stay.period.offer.title, "organisation": stay.organisation}
    return _("Fieldwork %(number)s: %(organisation)s, %(title)s") % values


def _steps(stay: Stay, steps: Iterable[Step]) -> Iterator[Entry]:
    said = {"apply": stay.purpose, "sign": stay.declaration.text if hasattr(stay, "declaration") else ""}
    for step in steps:
        text = step.reason or said.get(step.name, "")
        yield Entry(step.at, title_of(stay), str(STAY_STEPS[step.name]), text, str(step.by or ""))


def _learned(stay: Stay) -> Iterator[Entry]:
    for one in stay.learned.all():
        yield Entry(one.at, title_of(stay), _("What was learned"), one.text, str(one.by))
