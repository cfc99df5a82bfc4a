"""Meetings, what is on their agenda, and the minutes of them."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned

from .members import Council, CouncilMember
from .proposals import AgendaProposal


class CouncilMeetingState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    CALLED = "called", _("Called")
    CANCELLED = "cancelled", _("Cancelled")


@tracked()
class CouncilMeeting(Versioned):
    """A meeting in the half-open time [starts, ends). Everybody sees it, with agenda and papers, once it is called."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=150)
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200)
    open_to_all = models.BooleanField(_("open to everybody"), default=False)
    state = models.CharField(max_length=10, choices=CouncilMeetingState.choices, default=CouncilMeetingState.DRAFT)
    cancelled_why = models.TextField(_("why it is cancelled"), blank=True)

    class Meta:
        ordering = ("-starts", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="council_meeting_time"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_why=""), name="cancelled_council_meeting_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        return self.starts.astimezone(clock.COPENHAGEN).date()

    @property
    def begun(self) -> bool:
        return self.starts <= clock.now()


@tracked()
class AgendaItem(models.Model):
    """One item of an agenda; papers hang on it as stored files. What came of a proposal names the proposal."""

    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what it is about"), blank=True)
    proposed_by = models.CharField(max_length=150, blank=True)  # the name that its proposer lets everybody see
    proposal = models.OneToOneField(AgendaProposal, on_delete=models.PROTECT, null=True, related_name="item")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "position"), name="one_item_a_position", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MinutesState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the members")
    APPROVED = "approved", _("Approved")
    REPLACED = "replaced", _("Replaced by a later one")


@tracked()
@pgtrigger.register(
    pgtrigger.Protect(name="minutes_are_not_removed", operation=pgtrigger.Delete),
    pgtrigger.Protect(
        name="minutes_text_stands",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__text__df=pgtrigger.F("old__text"))
        | pgtrigger.Q(new__number__df=pgtrigger.F("old__number"))
        | pgtrigger.Q(new__meeting_id__df=pgtrigger.F("old__meeting_id"))
        | pgtrigger.Q(new__correction__df=pgtrigger.F("old__correction")),
    ),
)
class MinutesWording(models.Model):
    """One numbered version of a meeting's minutes. The database never lets its words change: a correction is the next.

    Approved when more than half of those who were members on the day of the meeting have approved this very wording.
    An approved one stands until the next has been approved.
    """

    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("minutes"))
    correction = models.TextField(_("what is corrected, and why?"), blank=True)
    state = models.CharField(max_length=10, choices=MinutesState.choices, default=MinutesState.WAITING)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written = models.DateTimeField(default=clock.now)
    approved = models.DateTimeField(null=True)
    yes_count = models.PositiveSmallIntegerField(null=True)  # how many of how many had approved at that moment
    member_count = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "number"), name="one_minutes_a_number"),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(state="waiting"), name="one_waiting_minutes_a_meeting"
            ),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(state="approved"), name="one_approved_minutes_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved__isnull=False, yes_count__isnull=False, member_count__isnull=False),
                name="approved_minutes_have_count",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(correction=""), name="later_minutes_say_why"),
        ]


@tracked()
class MinutesAnswer(models.Model):
    """One member's yes or remark to one wording of the minutes; it can be changed while the wording waits."""

    wording = models.ForeignKey(MinutesWording, on_delete=models.PROTECT, related_name="answers")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="answers")
    approves = models.BooleanField()
    remark = models.TextField(_("what should be different?"), blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("wording", "member"), name="one_minutes_answer_a_member"),
            models.CheckConstraint(condition=Q(approves=True) | ~Q(remark=""), name="refused_minutes_say_why"),
        ]
