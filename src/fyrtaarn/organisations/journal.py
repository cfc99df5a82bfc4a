"""Organisations in the journal: who has asked to look after one, and what a municipality has verified."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, beginning_of, source

from .models import Claim, Organisation, Verification


@source
def of_party(municipality: Municipality, person: Any, organisation: Organisation | None) -> Iterator[Entry]:
    """Requests to look after an organisation, and the municipality's verifications of it."""
    theirs = {"user": person} if person else {"organisation": organisation}
    claims = Claim.objects.filter(organisation__home=municipality, **theirs)
    for claim in claims.select_related("organisation", "user"):
        matter = _("Request for %(organisation)s") % {"organisation": claim.organisation.name}
        yield Entry(claim.created, matter, claim.get_state_display(), claim.ground, str(claim.user))
    if organisation:
        verifications = Verification.objects.filter(organisation=organisation, municipality=municipality)
        for one in verifications.select_related("verified_by"):
            what = _("Valid until %(day)s") % {"day": date_format(one.valid_to)}
            yield Entry(beginning_of(one.verified), _("Verification"), what, one.note, str(one.verified_by))
