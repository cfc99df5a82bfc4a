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

    @property
    def other(self) -> "MeetingSide":
        return MeetingSide.OFFERED if self is MeetingSide.SOUGHT else MeetingSide.SOUGHT


class MeetingState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for an answer")
    OPEN = "open", _("In dialogue")
    AGREED = "agreed", _("Became an agreement")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Finished")


LIVE_STATES = (MeetingState.PROPOSED, MeetingState.OPEN, MeetingState.AGREED)
TALKING_STATES = (MeetingState.OPEN, MeetingState.AGREED)


@tracked()
class Meeting(models.Model):
    """An invitation or a shown interest, and the dialogue that follows.

    A pair has one meeting for ever: who turns to the other again after a no continues the same thread, so that
    both see what was said before. One party is a municipality's department, the other an organisation.
    """

    sought = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="meetings_as_sought")
    offered = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="meetings_as_offered")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="meetings")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="meetings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    opened_by = models.CharField(max_length=10, choices=MeetingSide.choices)  # the side that asked latest
    opener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PROPOSED)
    created = models.DateTimeField(default=clock.now)
    asked = models.DateTimeField(default=clock.now)  # when the question that now waits, or waited, was put
    accepted = models.DateTimeField(null=True)  # when both sides first wanted the dialogue
    closed_by = models.CharField(max_length=10, choices=MeetingSide.choices, blank=True)  # who declined or ended it
    closed = models.DateTimeField(null=True)
    latest = models.DateTimeField(default=clock.now)  # the latest message or step
    latest_side = models.CharField(max_length=10, choices=MeetingSide.choices)

    class Meta:
        ordering = ("-latest", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("sought", "offered"), name="one_meeting_a_pair"),
            models.CheckConstraint(condition=~Q(sought=F("offered")), name="meeting_of_two"),
            models.CheckConstraint(
                condition=~Q(state__in=("declined", "ended")) | (Q(closed__isnull=False) & ~Q(closed_by="")),
                name="closed_meeting_has_closer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("open", "agreed")) | Q(accepted__isnull=False), name="open_meeting_was_accepted"
            ),
        ]

    @property
    def answering_side(self) -> MeetingSide:
        """The side that was asked."""
        return MeetingSide(self.opened_by).other

    @property
    def municipal_side(self) -> MeetingSide:
        """The department's side; the organisation is on the other. Needs both listings loaded."""
        return MeetingSide.SOUGHT if self.sought.organisation_id is None else MeetingSide.OFFERED

    def listing_of(self, side: MeetingSide) -> Listing:
        return self.sought if side is MeetingSide.SOUGHT else self.offered

    def name_of(self, side: MeetingSide) -> str:
        """The department's or the organisation's name."""
        return str(self.department.label if side is self.municipal_side else self.organisation)


class Occasion(models.TextChoices):
    """What a message was written with; empty for a message in the course of the dialogue."""

    INVITATION = "invitation", _("Invitation")
    INTEREST = "interest", _("Interest")
    ACCEPTANCE = "acceptance", _("Said yes")
    REFUSAL = "refusal", _("Said no")
    CLOSING = "closing", _("Ended the dialogue")
    REOPENING = "reopening", _("Opened the dialogue again")


@tracked()
class Message(models.Model):
    """One message in a dialogue; files hang on it as stored files."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=MeetingSide.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=12, choices=Occasion.choices, blank=True)
    text = models.TextField(_("message"), max_length=5000)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("created", "pk")
        indexes = [models.Index(fields=("meeting", "side", "created"), name="message_unread")]


class Reading(models.Model):
    """How far one person has read in one dialogue."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("meeting", "user"), name="one_reading_a_person")]
