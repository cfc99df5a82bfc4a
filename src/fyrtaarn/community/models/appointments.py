"""Who looks after a district."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import Role, RoleKind


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> "AppointmentQuerySet":
        """Appointments that hold today, of people who still hold the role of a community manager there."""
        today = clock.today()
        role = Role.objects.current().filter(
            user=OuterRef("user"), kind=RoleKind.COMMUNITY_MANAGER, municipality=OuterRef("district__municipality")
        )
        dated = self.filter(starts__lte=today).filter(Q(ends=None) | Q(ends__gt=today))
        return dated.filter(Exists(role), user__is_active=True)

    def in_charge(self) -> "AppointmentQuerySet":
        """Those who work on a district's board today: its community manager, and her deputy where she is not there."""
        there = Appointment.objects.current().filter(deputy=False).exclude(_away_on(clock.today()))
        return self.current().filter(Q(deputy=False) | ~Exists(there.filter(district=OuterRef("district"))))


def _away_on(day: Any) -> Q:
    return Q(away_from__isnull=False, away_from__lte=day, away_until__gt=day)


def _one_at_a_time(name: str, deputy: bool) -> ExclusionConstraint:
    """A district has one of them at a time."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            (Func(F("district"), F("district"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
            (
                Func(F("starts"), F("ends"), function="daterange", output_field=DateRangeField()),
                RangeOperators.OVERLAPS,
            ),
        ],
        condition=Q(deputy=deputy),
    )


@tracked()
class Appointment(models.Model):
    """One person is a district's community manager, or her deputy, in the half-open period [starts, ends).

    While she is away, in the half-open period [away_from, away_until), her deputy works on the board.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="appointments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    deputy = models.BooleanField(_("deputy"), default=False)
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("house")
    )
    greeting = models.TextField(_("what you help with, and how people reach you"), max_length=1000, blank=True)
    starts = models.DateField(_("from"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("back on"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("deputy", "starts", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="appointment_period"),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__isnull=False, away_until__gt=F("away_from")),
                name="appointment_absence",
            ),
            _one_at_a_time("one_community_manager_a_district", deputy=False),
            _one_at_a_time("one_deputy_a_district", deputy=True),
        ]

    @property
    def over(self) -> bool:
        return self.ends is not None and self.ends <= clock.today()

    @property
    def is_away(self) -> bool:
        today = clock.today()
        return self.away_from is not None and self.away_until is not None and self.away_from <= today < self.away_until
