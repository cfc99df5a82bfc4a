"""A year of a pool that is closed, and what of its leftover goes back to whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked

from .contributions import Contributor
from .pools import Leftover, Pool


@tracked()
class ClosedYear(models.Model):
    """A year whose books are closed: what was free at its end and, by the pool's rule then, what goes back. Whole øre."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="closed_years")
    year = models.PositiveSmallIntegerField(_("year"))
    free = models.BigIntegerField(_("free at the end of the year"))
    leftover = models.CharField(max_length=10, choices=Leftover.choices)
    returned = models.BigIntegerField(_("goes back"), default=0)
    closed = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pool", "-year")
        constraints = [
            models.UniqueConstraint(fields=("pool", "year"), name="pool_year_closed_once"),
            models.CheckConstraint(
                condition=Q(returned__gte=0, returned__lte=F("free")), name="closed_year_returns_what_is_free"
            ),
            models.CheckConstraint(condition=Q(leftover="returned") | Q(returned=0), name="closed_year_keeps_its_rule"),
        ]


@tracked()
class LeftoverShare(models.Model):
    """What goes back to one contributor: its part by what it `given` in the year, with one `extra` øre or none."""

    closed_year = models.ForeignKey(ClosedYear, on_delete=models.PROTECT, related_name="shares")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="leftover_shares")
    given = models.BigIntegerField(_("given in the year"))
    oere = models.BigIntegerField(_("goes back"))
    extra = models.BooleanField(default=False)
    paid = models.DateField(_("paid back on"), null=True)
    document = models.CharField(_("voucher"), max_length=200, blank=True)

    class Meta:
        ordering = ("closed_year", "pk")
        constraints = [
            models.UniqueConstraint(fields=("closed_year", "contributor"), name="one_leftover_share_a_contributor"),
            models.CheckConstraint(condition=Q(given__gt=0, oere__gt=0), name="leftover_share_amount"),
            models.CheckConstraint(condition=Q(paid=None) | ~Q(document=""), name="leftover_paid_with_voucher"),
        ]
