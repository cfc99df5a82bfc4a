"""The catalogue: outcomes that are wanted, and the indicators that show whether they came.

It is one for the whole installation and comes with the product (data/, loading.py). A version of an indicator is never
changed: what was measured under it stays what it was.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.topics.models import Goal, Theme

from ..languages import Said


class BottomLine(models.TextChoices):
    """For whom it is better."""

    PEOPLE = "people", _("People")
    ENTERPRISE = "enterprise", _("The enterprise")
    SOCIETY = "society", _("Society")


class Measure(models.TextChoices):
    """What raw parts a figure is made of."""

    PEOPLE = "people", _("A number of persons")
    COUNT = "count", _("A number or an amount")
    SHARE = "share", _("A share: so many of so many")
    MEAN = "mean", _("A mean: a sum by how many")


class Unit(models.TextChoices):
    """What one of it is."""

    PERSONS = "persons", _("persons")
    KRONER = "kroner", _("kroner")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    FULL_TIME = "full_time", _("full-time jobs")
    POINTS = "points", _("points")
    KILOGRAMS = "kilograms", _("kilograms")
    KILOGRAMS_CO2E = "kilograms_co2e", _("kilograms of CO2e")
    PIECES = "pieces", _("pieces")
    ORGANISATIONS = "organisations", _("organisations")
    EVENTS = "events", _("events")
    SQUARE_METRES = "square_metres", _("square metres")


class Timing(models.TextChoices):
    """Whether periods are added up; the engine's words."""

    CUMULATIVE = "cumulative", _("Adds up over time")
    POINT_IN_TIME = "point_in_time", _("How it stands on a day")


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", _("More is better")
    DOWN = "down", _("Less is better")


class Frequency(models.TextChoices):
    """How often it is measured."""

    MONTHLY = "monthly", _("Each month")
    QUARTERLY = "quarterly", _("Each quarter")
    HALF_YEARLY = "half_yearly", _("Twice a year")
    YEARLY = "yearly", _("Once a year")
    BEFORE_AFTER = "before_after", _("Before and after")


class Evidence(models.TextChoices):
    """What a figure rests on, the weakest first."""

    TOLD = "told", _("People say so themselves")
    COUNTED = "counted", _("Counted by those who do the work")
    DOCUMENTED = "documented", _("Can be checked in papers or registers")
    COMPARED = "compared", _("Compared with what would have happened anyway")


class Instrument(models.TextChoices):
    """With what it is measured."""

    LIST = "list", _("A list that is kept along the way")
    QUESTIONNAIRE = "questionnaire", _("A short questionnaire")
    CONVERSATION = "conversation", _("A conversation at a fixed time")
    SCALE = "scale", _("A scale that is filled in several times")
    ACCOUNTS = "accounts", _("Accounts and payroll")
    REGISTER = "register", _("A public register or the municipality's own figures")
    SCALES = "scales", _("Weighing or metering")
    CALCULATION = "calculation", _("A calculation with a stated method")


class Outcome(models.Model):
    """What is wanted to be different for somebody."""

    key = models.SlugField(unique=True)
    bottom_line = models.CharField(max_length=10, choices=BottomLine.choices)
    place = models.PositiveSmallIntegerField()  # its place in the catalogue
    name_da = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    what_da = models.TextField()
    what_en = models.TextField()
    name, what = Said(), Said()

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """One thing that can be measured in the same way everywhere. Its key never changes."""

    key = models.SlugField(max_length=60, unique=True)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="indicators")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=5)
    current = models.OneToOneField("IndicatorVersion", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn = models.BooleanField(default=False)  # measured no more, but what was measured stays
    sort_key = models.CharField(max_length=160, editable=False)  # of its Danish name

    class Meta:
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.current.name if self.current else self.key

    @property
    def path(self) -> str:
        return reverse("effects:indicator", args=(self.key,))


class IndicatorVersion(models.Model):
    """What an indicator says from one day on. Never changed: its successor has the next number."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    since = models.DateField(default=clock.today)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    unit = models.CharField(max_length=20, choices=Unit.choices)
    timing = models.CharField(max_length=15, choices=Timing.choices)
    direction = models.CharField(max_length=5, choices=Direction.choices)
    frequency = models.CharField(max_length=15, choices=Frequency.choices)
    evidence = models.CharField(max_length=12, choices=Evidence.choices)
    instrument = models.CharField(max_length=15, choices=Instrument.choices)
    references = ArrayField(models.CharField(max_length=40), default=list)
    name_da = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    counts_da = models.TextField()
    counts_en = models.TextField()
    leaves_out_da = models.TextField()
    leaves_out_en = models.TextField()
    numerator_da = models.CharField(max_length=300)
    numerator_en = models.CharField(max_length=300)
    denominator_da = models.CharField(max_length=300, blank=True)
    denominator_en = models.CharField(max_length=300, blank=True)
    guidance_da = models.TextField()
    guidance_en = models.TextField()
    name, counts, leaves_out, numerator, denominator, guidance = Said(), Said(), Said(), Said(), Said(), Said()

    class Meta:
        ordering = ("indicator", "-number")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "number"), name="one_indicator_version_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="indicator_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(measure__in=("share", "mean"), denominator_da__gt="", denominator_en__gt="")
                | Q(measure__in=("people", "count"), denominator_da="", denominator_en=""),
                name="shares_and_means_have_a_denominator",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_unit(self) -> str:
        """What stands behind the figure: a share is shown in per cent."""
        return "%" if self.measure == Measure.SHARE else str(self.get_unit_display())


@tracked()
class WantedEffect(models.Model):
    """An outcome that a municipality asks for on its pages."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("outcome__place", "pk")
        constraints = [
            models.UniqueConstraint(fields=("municipality", "outcome"), name="one_wish_an_outcome_and_municipality")
        ]
