"""Plans: what somebody wants to come of one thing, and how it will show.

A plan is about exactly one subject: an agreement, something on offer, or an organisation as a whole. Each has a foreign
key of its own, so that the database keeps what is planned for together with its subject.
"""

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation

from .catalogue import Indicator, IndicatorVersion, Outcome

MOST_OUTCOMES = 5
LONG_ENOUGH = MaxLengthValidator(1500)
SUBJECTS = ("agreement", "offer", "organisation")


def _words(label: Any, help_text: Any) -> Any:
    return models.TextField(label, blank=True, validators=[LONG_ENOUGH], help_text=help_text)


@tracked()
class Plan(Versioned):
    """What is done, for whom, and what is honest to say of it; its `version` counts every change to it and what it holds."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, null=True, related_name="effect_plan")
    offer = models.OneToOneField(Listing, on_delete=models.PROTECT, null=True, related_name="effect_plan")
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, null=True, related_name="effect_plan")
    does = _words(_("What do you do?"), _("Two or three sentences. What would one see who came by?"))
    for_whom = _words(_("For whom?"), _("Who shall be better off, and roughly how many?"))
    anyway = _words(_("What would have happened anyway?"), _("Some would have managed without you. Who else helps?"))
    risk = _words(_("What can go wrong?"), _("And what would you see first if it did?"))
    worse = _words(
        _("What went worse?"), _("For somebody, or somewhere. Nothing is an answer, too, if you have looked.")
    )
    unknown = _words(_("What do you not know?"), _("What you have not asked, or cannot see from where you stand."))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-updated", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, offer=None, organisation=None)
                | Q(agreement=None, offer__isnull=False, organisation=None)
                | Q(agreement=None, offer=None, organisation__isnull=False),
                name="plan_of_one_subject",
            )
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Agreement | Listing | Organisation:
        """What the plan is about."""
        found = next(filter(None, (getattr(self, name) for name in SUBJECTS)))
        subject: Agreement | Listing | Organisation = found
        return subject

    @property
    def title(self) -> str:
        return self.subject.name if isinstance(self.subject, Organisation) else self.subject.title

    @property
    def path(self) -> str:
        return reverse("effects:plan", args=(self.pk,))


@tracked()
class PlannedOutcome(models.Model):
    """One of the few outcomes that a plan aims at."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("plan", "place")
        constraints = [
            models.UniqueConstraint(fields=("plan", "outcome"), name="outcome_planned_once"),
            models.UniqueConstraint(fields=("plan", "place"), name="one_planned_outcome_a_place"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_OUTCOMES), name="at_most_five_outcomes"),
        ]


@tracked()
class PlannedIndicator(models.Model):
    """How one outcome will show: by which version of which indicator, from where, to where, when and by whom."""

    planned = models.ForeignKey(PlannedOutcome, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    as_of = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="+")
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # the number, or the one above the line
    baseline_of = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # the one below the line
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=14, decimal_places=2)  # as the figure is shown: a share in per cent
    target_by = models.DateField()
    collector = models.CharField(max_length=100)

    class Meta:
        ordering = ("planned", "pk")
        constraints = [
            models.UniqueConstraint(fields=("planned", "indicator"), name="indicator_planned_once"),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_of=None, baseline_on=None)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
                name="baseline_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(baseline_of=None) | Q(baseline_of__gt=0), name="baseline_is_of_something"
            ),
            models.CheckConstraint(
                condition=Q(baseline_on=None) | Q(target_by__gt=F("baseline_on")), name="target_after_baseline"
            ),
        ]
