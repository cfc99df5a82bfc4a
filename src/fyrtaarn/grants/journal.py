"""Grants in the journal: what was granted, asked, reported, changed, paid and claimed back, with its files."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.files import files_of_each
from fyrtaarn.foundation.journal import Entry, beginning_of, source
from fyrtaarn.foundation.money import kroner
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import Grant


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """Grants of the organisation, or those on which the person has asked, reported or answered something."""
    hers = Q(changes__by=person) | Q(changes__answered_by=person) | Q(reports__sent_by=person)
    hers |= Q(reports__approved_by=person) | Q(instalments__approved_by=person) | Q(demands__by=person)
    found = Grant.objects.filter(hers if person else Q(organisation=organisation), municipality=municipality)
    parts = found.distinct().select_related("pool").order_by("pk")
    for grant in parts.prefetch_related(
        "instalments__approved_by", "changes__by", "changes__answered_by", "reports__sent_by", "demands__by"
    ):
        yield from _entries(grant)


def _entries(grant: Grant) -> Iterator[Entry]:
    matter = _("Grant %(number)s: %(title)s") % {"number": grant.pk, "title": grant.title}
    words = _("%(pool)s gives %(amount)s.") % {"pool": grant.pool.name, "amount": kroner(grant.oere)}
    yield Entry(beginning_of(grant.granted), matter, _("Granted"), words, "")
    files = files_of_each(grant.instalments.all())
    for one in grant.instalments.all():
        number = {"number": one.number, "amount": kroner(one.oere)}
        words = "\n".join(filter(None, (one.condition, one.met)))
        at = beginning_of(one.paid or one.due)
        what = _("Instalment %(number)s: %(amount)s") % number
        yield Entry(
            at, matter, f"{what}, {one.get_state_display()}", words, str(one.approved_by or ""), tuple(files[one.pk])
        )
    for change in grant.changes.all():
        yield Entry(change.at, matter, _("A change was asked for"), change.text, str(change.by))
        yield from _answer(change.answered, matter, str(change.get_state_display()), change.answer, change.answered_by)
    for report in grant.reports.all():
        words = "\n".join(filter(None, (report.text, report.worse, report.experience)))
        yield from _answer(report.sent, matter, _("Report"), words, report.sent_by)
    for demand in grant.demands.all():
        what = _("Money was asked back: %(amount)s") % {"amount": kroner(demand.oere)}
        yield Entry(demand.at, matter, what, demand.reason, str(demand.by))
    if grant.closed:
        yield Entry(beginning_of(grant.closed), matter, str(grant.get_state_display()), grant.experience, "")


def _answer(at: datetime | None, matter: str, what: str, words: str, by: User | None) -> Iterator[Entry]:
    if at is not None:
        yield Entry(at, matter, what, words, str(by or ""))
