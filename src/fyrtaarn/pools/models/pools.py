"""A pool and those who do something for it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, LocalBody, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.models import SortedByName
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.ledger.models import Book


class PoolKind(models.TextChoices):
    """Who feeds it."""

    DEPARTMENTS = "departments", _("The departments")
    LOCAL_BODIES = "local_bodies", _("The local committees")
    BOTH = "both", _("Departments and local committees together")

    def is_fed_by(self, who: Department | LocalBody) -> bool:
        """Whether such a one may feed a pool of this kind."""
        own = PoolKind.DEPARTMENTS if isinstance(who, Department) else PoolKind.LOCAL_BODIES
        return self in (own, PoolKind.BOTH)


class Leftover(models.TextChoices):
    """What becomes of money that is free when a year is closed."""

    CARRIED = "carried", _("It stays in the pool for the next year")
    RETURNED = "returned", _("It goes back to those who gave it, in proportion to what each gave")


class DueDay(models.TextChoices):
    """On which day of its quarter a part of a contribution is usually to be paid."""

    FIRST_DAY = "first_day", _("The first day of the quarter")
    FIRST_MONTH = "first_month", _("The last day of the quarter's first month")
    LAST_DAY = "last_day", _("The last day of the quarter")


class PoolState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("In use")
    CLOSED = "closed", _("Closed")


@tracked()
class Pool(SortedByName, Versioned):
    """Money that several feed and that is given by rules. Amounts are whole øre.

    `two_from`: a grant of this much or more needs two persons' yes; None: one is enough for any.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="pools")
    book = models.OneToOneField(Book, on_delete=models.PROTECT, related_name="pool", editable=False)
    slug = models.SlugField()
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"))
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    kind = models.CharField(_("who feeds it"), max_length=15, choices=PoolKind.choices)
    leftover = models.CharField(_("what becomes of leftover money"), max_length=10, choices=Leftover.choices)
    due_day = models.CharField(
        _("when contributions fall due"), max_length=12, choices=DueDay.choices, default=DueDay.FIRST_MONTH,
        db_default=DueDay.FIRST_MONTH,
    )  # fmt: skip
    two_from = models.BigIntegerField(_("two persons decide from"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=PoolState.choices, default=PoolState.DRAFT)
    example = models.BooleanField(_("invented example"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta(SortedByName.Meta):
        constraints = [
            models.UniqueConstraint(fields=("municipality", "slug"), name="pool_address"),
            models.CheckConstraint(condition=Q(two_from=None) | Q(two_from__gt=0), name="pool_two_from"),
        ]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def aim(self) -> str:
        """The purpose in the reader's language."""
        return self.purpose_en if get_language() == "en" and self.purpose_en else self.purpose


class Duty(models.TextChoices):
    ASSESSOR = "assessor", _("Assesses applications")
    DECIDER = "decider", _("Decides")


@tracked()
class PoolDuty(models.Model):
    """What one person does for one pool, in the half-open period [starts, ends). Fund managers look after all pools."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="duties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pool_duties")
    duty = models.CharField(_("what she does"), max_length=10, choices=Duty.choices)
    starts = models.DateField(_("from"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("pool", "duty", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="pool_duty_period"),
            models.UniqueConstraint(fields=("pool", "user", "duty"), condition=Q(ends=None), name="pool_duty_once"),
        ]

    @property
    def last_day(self) -> date | None:
        return None if self.ends is None else self.ends - timedelta(days=1)
