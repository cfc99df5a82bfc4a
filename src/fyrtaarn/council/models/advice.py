"""What the council advises a department, what the department answers, and what comes of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.listings.models import Listing
from fyrtaarn.topics.models import Goal, Theme

from .meetings import CouncilMeeting
from .members import Council


class AdviceState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    GIVEN = "given", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")


class Stance(models.TextChoices):
    FOLLOWS = "follows", _("We follow the advice")
    PARTLY = "partly", _("We follow a part of it")
    NOT = "not", _("We do not follow it")


@tracked()
class Advice(Versioned):
    """Advice to one department. Everybody sees it once it is given, with its deadline and its answer.

    `due` is the last day on which an answer comes in time.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="advice")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    first_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+"
    )  # whom it was given to, where that department has ended and another answers now
    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="advice")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("advice"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="+", verbose_name=_("UN goals"))
    listings = models.ManyToManyField(Listing, blank=True, related_name="+")  # challenges and what else is sought
    state = models.CharField(max_length=10, choices=AdviceState.choices, default=AdviceState.DRAFT)
    given = models.DateField(null=True)
    due = models.DateField(_("answer before the end of"), null=True)
    stance = models.CharField(_("what do you do with the advice?"), max_length=10, choices=Stance.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-given", "-pk")
        verbose_name_plural = "advice"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", given=None) | Q(given__isnull=False, due__isnull=False),
                name="given_advice_has_deadline",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="answered", answered__isnull=False, answered_by__isnull=False)
                    & ~Q(stance="")
                    & ~Q(answer="")
                )
                | (~Q(state="answered") & Q(answered=None, answered_by=None, stance="", answer="")),
                name="answered_advice_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days_late(self) -> int:
        """By how many days the answer came, or still is, too late; 0 when it is in time."""
        if self.due is None:
            return 0
        return max(0, ((self.answered or clock.today()) - self.due).days)


class AdviceCourse(models.TextChoices):
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Carried out")
    DROPPED = "dropped", _("Came to nothing")


@tracked()
class AdviceProgress(models.Model):
    """What has come of an answered piece of advice, as the department tells it on one day; the latest counts."""

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="progress")
    course = models.CharField(_("what has come of it?"), max_length=10, choices=AdviceCourse.choices)
    text = models.TextField(_("in a few words"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")
