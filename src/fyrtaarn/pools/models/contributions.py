"""What departments and local committees give to a pool, year by year and quarter by quarter."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.ledger.models import Entry

from .pools import Pool


@tracked()
class Contributor(models.Model):
    """A department or local committee that feeds the pool in the half-open period [joined, left)."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="contributors")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    local_body = models.ForeignKey(LocalBody, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    joined = models.DateField(_("joins on"), default=clock.today)
    left = models.DateField(_("leaves on"), null=True, blank=True)

    class Meta:
        ordering = ("pool", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, local_body=None) | Q(department=None, local_body__isnull=False),
                name="contributor_is_one_thing",
            ),
            models.CheckConstraint(condition=Q(left=None) | Q(left__gte=F("joined")), name="contributor_period"),
            models.UniqueConstraint(
                fields=("pool", "department", "local_body"),
                condition=Q(left=None),
                nulls_distinct=False,
                name="contributor_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.department.label if self.department else self.local_body)

    @property
    def key(self) -> str:
        """What its accounts in the pool's book are called."""
        return f"contributor-{self.pk}"

    @property
    def has_left(self) -> bool:
        return self.left is not None and self.left <= clock.today()


@tracked()
class Contribution(Versioned):
    """What a contributor has decided to give for a year: a percentage of a stated budget, or a sum. Whole øre.

    `percent` has three decimals; `oere` is the sum that it makes (half øre rounded up), or the sum itself.
    """

    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="contributions")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    budget = models.BigIntegerField(_("budget"), null=True, blank=True)
    percent = models.DecimalField(_("percentage"), max_digits=6, decimal_places=3, null=True, blank=True)
    oere = models.BigIntegerField(_("sum"))
    document = models.CharField(_("decision or document"), max_length=200)
    decided = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", editable=False)  # that pledged it

    class Meta:
        ordering = ("-year", "pk")
        constraints = [
            models.UniqueConstraint(fields=("contributor", "year"), name="one_contribution_a_year"),
            models.CheckConstraint(condition=Q(oere__gt=0), name="contribution_sum"),
            models.CheckConstraint(
                condition=Q(budget=None, percent=None) | Q(budget__gt=0, percent__gt=0, percent__lte=100),
                name="contribution_percentage_of_budget",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether a part of it waits to be paid."""
        return any(part.state == PartState.DECIDED for part in self.parts.all())

    @property
    def is_untouched(self) -> bool:
        """Whether no part of it is paid or dropped, so that it can be corrected."""
        return all(part.state == PartState.DECIDED for part in self.parts.all())

    @property
    def confirmed(self) -> "Confirmation | None":
        """The contributor's yes to it as it stands now."""
        return next((one for one in self.confirmations.all() if one.of_version == self.version), None)


class PartState(models.TextChoices):
    DECIDED = "decided", _("Decided, not paid")
    PAID = "paid", _("Paid")
    DROPPED = "dropped", _("Lapsed")


@tracked()
class ContributionPart(models.Model):
    """A quarter's part of a contribution; it is late when its day has passed and it is not paid."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="parts")
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    due = models.DateField(_("falls due on"))
    oere = models.BigIntegerField(_("amount"))
    state = models.CharField(max_length=10, choices=PartState.choices, default=PartState.DECIDED)
    paid = models.DateField(_("came in on"), null=True, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+", editable=False)  # that paid

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.UniqueConstraint(fields=("contribution", "quarter"), name="one_part_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="part_quarter"),
            models.CheckConstraint(condition=Q(oere__gt=0), name="part_amount"),
            models.CheckConstraint(
                condition=Q(state="paid", paid__isnull=False, entry__isnull=False)
                | (~Q(state="paid") & Q(paid=None, entry=None)),
                name="part_paid_on",
            ),
        ]

    @property
    def said_paid(self) -> "SentPayment | None":
        """What the contributor says of having paid it."""
        return getattr(self, "sent_payment", None)

    @property
    def kroner(self) -> Decimal:
        """The amount for a file, in kroner."""
        return Decimal(self.oere) / 100

    @property
    def is_late(self) -> bool:
        return self.state == PartState.DECIDED and self.due < clock.today()


@tracked()
class Confirmation(models.Model):
    """The contributor's own yes to a contribution as it was noted; once it is corrected, a new yes is needed."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="confirmations")
    of_version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("contribution", "pk")
        constraints = [
            models.UniqueConstraint(fields=("contribution", "of_version"), name="contribution_confirmed_once")
        ]


@tracked()
class SentPayment(models.Model):
    """The contributor's own word that it has paid a part; the fund manager notes when the money has come."""

    part = models.OneToOneField(ContributionPart, on_delete=models.PROTECT, related_name="sent_payment")
    day = models.DateField(_("paid on"))
    reference = models.CharField(_("voucher"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("part",)
