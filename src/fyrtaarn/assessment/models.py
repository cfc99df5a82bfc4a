"""Who assesses what, whether she can, her scores, and what the assessors say to each other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.pools.models import Criterion


class AssignmentState(models.TextChoices):
    ASKED = "asked", _("Asked whether there is a conflict of interest")
    READING = "reading", _("Assessing")
    DONE = "done", _("Assessed")
    CONFLICT = "conflict", _("Has a conflict of interest")
    RELEASED = "released", _("Released")


@tracked()
class Assignment(models.Model):
    """One assessor's work with one application. She reads it once she has declared that nothing stands in the way.

    Whoever was chosen by the spreading has `load`, how many applications she had at hand when she was chosen, and
    `shared`, how many of the application's themes her departments work with. `reason` is what was said when she was
    chosen by hand.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.ASKED)
    load = models.PositiveSmallIntegerField(null=True)
    shared = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("why her?"), max_length=200, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    assigned = models.DateTimeField(default=clock.now)
    due = models.DateField(_("assess by"), null=True, blank=True)
    declared = models.DateTimeField(null=True)
    conflict = models.TextField(_("what is the conflict?"), blank=True)
    done = models.DateTimeField(null=True)

    class Meta:
        ordering = ("assigned", "pk")
        constraints = [
            models.UniqueConstraint(fields=("application", "assessor"), name="one_assignment_a_person"),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "released")) | Q(declared__isnull=False), name="declared_before_reading"
            ),
            models.CheckConstraint(condition=~Q(state="conflict") | ~Q(conflict=""), name="conflict_is_told"),
            models.CheckConstraint(condition=~Q(state="done") | Q(done__isnull=False), name="assessed_at_a_time"),
        ]


@tracked()
class Opinion(models.Model):
    """What an assessor says of the whole. A row of its own, because others read it later than that she assesses."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="opinion")
    text = models.TextField(_("what do you say of the whole?"))


@tracked()
class Score(models.Model):
    """An assessor's points for one criterion, with the reason."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)  # None: not decided yet
    comment = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ("assignment", "criterion__number")
        constraints = [models.UniqueConstraint(fields=("assignment", "criterion"), name="one_score_a_criterion")]


@tracked()
class Remark(models.Model):
    """What one says to the others about an application, after scoring it herself."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(_("what do you want to say to the others?"))

    class Meta:
        ordering = ("at", "pk")


@tracked()
class ClosedDiscussion(models.Model):
    """The assessment of an application is over: nobody changes her scores or adds to the discussion any more."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="closed_discussion")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
