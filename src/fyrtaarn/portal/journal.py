"""Challenges in the journal: those that a person has written or is the contact of."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, source
from fyrtaarn.people.models import User

from .models import Challenge


@source
def of_party(municipality: Municipality, person: User | None, _organisation: Any) -> Iterator[Entry]:
    """The challenges of one who works for the municipality."""
    if person is None:
        return
    hers = Q(contact=person) | Q(created_by=person)
    for challenge in Challenge.objects.filter(hers, municipality=municipality):
        yield Entry(challenge.created, _("Challenge"), challenge.get_state_display(), challenge.title, "")
