"""The council of a municipality, its seats, and who sits in them when."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked

ANSWER_DAYS = 30


@tracked()
class Council(models.Model):
    """The one council of a municipality."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="council")
    name = models.CharField(_("name"), max_length=150)
    purpose = models.TextField(_("what the council is for"))
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer advice"), default=ANSWER_DAYS, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=365), name="council_answer_days"),
        ]

    def __str__(self) -> str:
        return self.name


class Background(models.TextChoices):
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    POLITICIAN = "politician", _("Politician")
    ENTERPRISE = "enterprise", _("Ordinary enterprise")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    RESEARCH = "research", _("Research and education")
    MUNICIPALITY = "municipality", _("Municipal employee")


@tracked()
class Seat(models.Model):
    """A place in the council, with the background that its member shall have."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField(_("number"))
    background = models.CharField(_("background"), max_length=20, choices=Background.choices)
    abolished = models.DateField(null=True)  # nobody takes it from this day on

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("council", "number"), name="one_seat_a_number")]


class TermQuerySet(models.QuerySet["CouncilMember"]):
    def on(self, day: date) -> "TermQuerySet":
        """The terms that hold on a day."""
        return self.filter(starts__lte=day).filter(Q(ends=None) | Q(ends__gt=day))

    def current(self) -> "TermQuerySet":
        """The terms that hold today."""
        return self.on(clock.today())


def _only(column: str) -> Func:
    """A number as a range of itself, so that no extension is needed to exclude by it."""
    return Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


TERM = Func(F("starts"), F("ends"), Value("[)"), function="daterange", output_field=DateRangeField())


@tracked()
class CouncilMember(models.Model):
    """One person's term in one seat, the half-open period [starts, ends)."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="council_terms")
    affiliation = models.CharField(_("where she comes from"), max_length=150, blank=True)
    starts = models.DateField(_("first day"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("seat__number", "-starts", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="term_period"),
            ExclusionConstraint(
                name="one_member_a_seat",
                expressions=[(_only("seat"), RangeOperators.OVERLAPS), (TERM, RangeOperators.OVERLAPS)],
            ),
        ]

    @property
    def last_day(self) -> date | None:
        """The last day of the term; None for one without an end."""
        return self.ends and self.ends - timedelta(days=1)
