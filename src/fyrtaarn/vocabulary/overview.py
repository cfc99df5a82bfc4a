"""What the search room puts on an editor's overview."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.foundation.overview import OverviewItem, Section, provider
from fyrtaarn.people.models import User

from .models import VocabularyConcept
from .queries import waiting_proposals
from .rules import is_editor

MOST = 6


@provider
def words_waiting(user: User) -> Iterator[OverviewItem]:
    """Proposals that wait for an answer, and where a release differs from what is here."""
    if not is_editor(user):
        return
    for proposal in waiting_proposals()[:MOST]:
        why = _("Proposed by %(municipality)s") % {"municipality": proposal.municipality.label}
        yield OverviewItem(Section.WAITING, proposal.change.entry.label_da, proposal.path, why)
    if VocabularyConcept.objects.exclude(conflict=None).exists():
        yield OverviewItem(
            Section.WAITING,
            _("Words that differ from the product's"),
            reverse("vocabulary:draft"),
            _("Choose which shall hold"),
        )
