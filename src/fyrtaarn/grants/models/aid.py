"""State aid: ceilings and rates with their days, and what each single undertaking has been granted here."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.history import tracked
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import AidRegime

from .grants import Grant


def euro(cents: int) -> str:
    """`1234550` euro cents as "EUR 12.345,50" (Danish) or "EUR 12,345.50" (English)."""
    places = 0 if cents % 100 == 0 else 2
    return f"EUR {number_format(Decimal(cents) / 100, decimal_pos=places, force_grouping=True)}"


@tracked()
class AidCeiling(models.Model):
    """The most a single undertaking may be granted under a regime in `years` rolling years, in euro cents."""

    regime = models.CharField(_("rule"), max_length=20, choices=AidRegime.choices)
    cents = models.BigIntegerField(_("ceiling in euro"))
    years = models.PositiveSmallIntegerField(default=3)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ("regime", "-valid_from")
        constraints = [
            models.UniqueConstraint(fields=("regime", "valid_from"), name="one_ceiling_a_day"),
            models.CheckConstraint(condition=Q(cents__gt=0, years__gt=0), name="ceiling_amount"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="ceiling_period"),
        ]

    @property
    def said(self) -> str:
        """The ceiling as an amount in euro."""
        return euro(self.cents)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None for one without an end."""
        return self.valid_to and self.valid_to - timedelta(days=1)


@tracked()
class EuroRate(models.Model):
    """Kroner for 100 euro on a day, as the national bank gives it."""

    day = models.DateField(_("day"), unique=True)
    kroner = models.DecimalField(_("kroner for 100 euro"), max_digits=8, decimal_places=4)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ("-day",)
        constraints = [models.CheckConstraint(condition=Q(kroner__gt=0), name="euro_rate_amount")]


@tracked()
class AidAward(models.Model):
    """Aid granted here: counted on the day of the decision, not when it is paid. `cents` are euro cents.

    It counts no more from the day on which it has `ended`, because the decision fell.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="aid_awards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aid_awards")
    cvr = models.CharField(max_length=8)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="aid")
    regime = models.CharField(max_length=20, choices=AidRegime.choices)
    day = models.DateField()
    oere = models.BigIntegerField()
    rate = models.ForeignKey(EuroRate, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()
    ended = models.DateField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-day", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0, oere__gt=0) & ~Q(regime="none"), name="aid_award_amount"),
            models.CheckConstraint(
                condition=Q(ended=None, ended_because="") | (Q(ended__gte=F("day")) & ~Q(ended_because="")),
                name="aid_award_ends_for_a_reason",
            ),
        ]
