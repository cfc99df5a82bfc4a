"""People in the journal: the roles that a municipality has given them, and its letters to them."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, beginning_of, source

from .models import Invitation, Role, User


@source
def of_party(municipality: Municipality, person: User | None, _organisation: Any) -> Iterator[Entry]:
    """The person's roles for the municipality, and its invitations to her."""
    if person is None:
        return
    for role in Role.objects.filter(municipality=municipality, user=person):
        until = _("until %(day)s") % {"day": date_format(role.ends)} if role.ends else ""
        yield Entry(beginning_of(role.starts), _("Role"), role.get_kind_display(), until, "")
    letters = Invitation.objects.filter(municipality=municipality, email__iexact=person.email)
    for letter in letters.select_related("invited_by"):
        state = str(letter.state.label)
        yield Entry(letter.created, _("Invitation"), letter.get_kind_display(), state, str(letter.invited_by))
