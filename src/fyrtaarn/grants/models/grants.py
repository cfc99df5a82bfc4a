"""A grant on its way: instalments, changes, reports, money back and the end."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.applications.models import BudgetLine, EffectGoal
from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import Pool
from fyrtaarn.topics.models import Theme

from .decisions import Decision


class GrantState(models.TextChoices):
    ACTIVE = "active", _("Running")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")


@tracked()
class Grant(Versioned):
    """Money promised to an organisation by a decision, in the half-open period [starts, ends). Whole øre.

    All that stands in the row itself is public. `experience` is there once both sides want everybody to read it.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="grant")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="grants")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="grant")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, blank=True, related_name="grants")
    title = models.CharField(max_length=150)
    oere = models.BigIntegerField()
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("until"))
    state = models.CharField(max_length=10, choices=GrantState.choices, default=GrantState.ACTIVE)
    granted = models.DateField(default=clock.today)
    closed = models.DateField(null=True, blank=True)
    experience = models.TextField(_("what others can learn from it"), blank=True)

    class Meta:
        ordering = ("-granted", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(oere__gt=0), name="grant_amount"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="grant_period"),
            models.CheckConstraint(condition=Q(state="active") | Q(closed__isnull=False), name="closed_grant_has_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.ends - timedelta(days=1)

    @property
    def account_key(self) -> str:
        """What the grant's accounts are called in the pool's book: what is committed, to be paid and claimed back."""
        return f"grant-{self.pk}"


class InstalmentState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved, on its way")
    PAID = "paid", _("Paid")
    DROPPED = "dropped", _("Dropped")


class PaymentFile(models.Model):
    """Approved instalments handed to the finance system together, once."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="payment_files")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("municipality", "number"), name="one_payment_file_a_number")]


@tracked()
class Instalment(models.Model):
    """A part of a grant, paid on a day or when a condition is met. Together the live ones never exceed the grant.

    `key` is what the finance system knows it by. `file` is the payment file it was handed over in.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    oere = models.BigIntegerField(_("amount"))
    due = models.DateField(_("to be paid on"))
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    after_report = models.BooleanField(_("when the last report is approved"), default=False)
    state = models.CharField(max_length=10, choices=InstalmentState.choices, default=InstalmentState.PLANNED)
    met = models.TextField(_("how the condition is met"), blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    paid = models.DateField(null=True)
    reference = models.CharField(max_length=60, blank=True)  # the payment's number in the finance system
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(PaymentFile, on_delete=models.PROTECT, null=True, related_name="instalments")

    class Meta:
        ordering = ("grant", "number")
        constraints = [
            models.UniqueConstraint(fields=("grant", "number"), name="one_instalment_a_number"),
            models.CheckConstraint(condition=Q(oere__gt=0), name="instalment_amount"),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid__isnull=False), name="instalment_paid_on"),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "asked", "dropped")) | Q(approved_by__isnull=False),
                name="instalment_is_approved_by_somebody",
            ),
        ]


class AnswerState(models.TextChoices):
    ASKED = "asked", _("Waiting for an answer")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@tracked()
class GrantChange(models.Model):
    """What the recipient asks to do otherwise: another period or another use of the money."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="changes")
    text = models.TextField(_("what do you want to change, and why?"))
    ends = models.DateField(_("new last day"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("answer"), blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("grant",), condition=Q(state="asked"), name="one_open_change_a_grant")
        ]


class ReportState(models.TextChoices):
    DUE = "due", _("To be written")
    SENT = "sent", _("Sent")
    RETURNED = "returned", _("Sent back to be mended")
    APPROVED = "approved", _("Approved")


@tracked()
class Report(Versioned):
    """How it went and what the money was used for; the final one also says what others can learn."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="reports")
    due = models.DateField(_("to be sent by"))
    final = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DUE)
    text = models.TextField(_("how did it go?"), blank=True)
    worse = models.TextField(_("what went worse than expected?"), blank=True)
    experience = models.TextField(_("what can others learn from it?"), blank=True)
    shared = models.BooleanField(_("everybody may read what others can learn from it"), default=False)
    returned_because = models.TextField(_("what is to be mended"), blank=True)
    sent = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.UniqueConstraint(fields=("grant",), condition=Q(final=True), name="one_final_report_a_grant"),
            models.CheckConstraint(
                condition=Q(state="due") | (Q(sent__isnull=False) & ~Q(text="")), name="sent_report_is_written"
            ),
        ]


@tracked()
class Spent(models.Model):
    """What of a budget line has been used by the day of a report. Whole øre."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="spent")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="spent")
    oere = models.BigIntegerField(_("used"))

    class Meta:
        ordering = ("report", "line__number")
        verbose_name_plural = "spent"
        constraints = [
            models.UniqueConstraint(fields=("report", "line"), name="spent_once_a_line"),
            models.CheckConstraint(condition=Q(oere__gte=0), name="spent_amount"),
        ]


@tracked()
class GoalResult(models.Model):
    """What came of an effect goal by the day of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="results")
    goal = models.ForeignKey(EffectGoal, on_delete=models.PROTECT, related_name="results")
    text = models.CharField(_("what came of it"), max_length=300)

    class Meta:
        ordering = ("report", "goal__number")
        constraints = [models.UniqueConstraint(fields=("report", "goal"), name="one_result_a_goal")]


class DemandState(models.TextChoices):
    ASKED = "asked", _("To be paid back")
    PAID = "paid", _("Paid back")
    WAIVED = "waived", _("Waived")


@tracked()
class Demand(models.Model):
    """Money that the recipient is to pay back. Whole øre."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="demands")
    oere = models.BigIntegerField(_("amount"))
    reason = models.TextField(_("why"))
    due = models.DateField(_("to be paid by"))
    state = models.CharField(max_length=10, choices=DemandState.choices, default=DemandState.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    paid = models.DateField(null=True)
    reference = models.CharField(max_length=60, blank=True)  # the payment's number in the finance system
    waived_because = models.TextField(_("why it is waived"), blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(oere__gt=0), name="demand_amount"),
            models.CheckConstraint(condition=~Q(state="waived") | ~Q(waived_because=""), name="waived_with_reason"),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid__isnull=False), name="demand_paid_on"),
        ]
