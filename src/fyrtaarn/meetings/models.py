"""Two sides of a match in dialogue. Visible to the two parties alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation


class MeetingSide(models.TextChoices):
    SOUGHT = "sought", _("The one who seeks")
    OFFERED = "offered", _("The one who offers")


class MeetingState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for an answer")
    OPEN = "open", _("In dialogue")
    AGREED = "agreed", _("Became an agreement")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


LIVE_STATES = (MeetingState.PROPOSED, MeetingState.OPEN, MeetingState.AGREED)


@tracked()
class Meeting(models.Model):
    """An invitation or a shown interest, and the dialogue that follows."""

    sought = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="meetings_as_sought")
    offered = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="meetings_as_offered")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="meetings")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="meetings")  # the seeker
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="meetings"
    )  # the one who offers
    opened_by = models.CharField(max_length=10, choices=MeetingSide.choices)
    opener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED)
    created = models.DateTimeField(default=clock.now)
    latest = models.DateTimeField(default=clock.now)  # the latest message or step

    class Meta:
        ordering = ("-latest", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("sought", "offered"),
                condition=Q(state__in=("proposed", "open", "agreed")),
                name="one_live_meeting_a_pair",
            ),
            models.CheckConstraint(condition=~Q(sought=F("offered")), name="meeting_of_two"),
        ]


@tracked()
class Message(models.Model):
    """One message in a dialogue; files hang on it as stored files."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=MeetingSide.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=5000)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("created", "pk")


class Reading(models.Model):
    """How far one person has read in one dialogue."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("meeting", "user"), name="one_reading_a_person")]
