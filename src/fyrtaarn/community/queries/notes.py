"""A community manager's own notes."""

from collections.abc import Collection

from django.db.models import QuerySet

from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.people.models import User

from ..models import Appointment, Note


def notes_of(user: User, district: District) -> QuerySet[Note]:
    """What she has noted in the district, the latest first."""
    own = Note.objects.filter(author=user, district=district)
    return own.select_related("district__municipality").order_by("-changed", "-pk")


def notes_due(user: User, charges: Collection[Appointment]) -> QuerySet[Note]:
    """The notes of which she wanted to be reminded by now, on the boards on which she works today."""
    districts = [charge.district_id for charge in charges]
    due = Note.objects.filter(author=user, follow_up__lte=clock.today(), district__in=districts)
    return due.select_related("district__municipality").order_by("follow_up", "pk")
