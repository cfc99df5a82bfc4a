"""Agreements: parties, goal, promised effect, period, reviews and how it went."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.organisations.models import Organisation


class AgreementKind(models.TextChoices):
    COLLABORATION = "collaboration", _("Collaboration")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for the parties")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")


@tracked()
class Agreement(Versioned):
    """What parties promise each other in the half-open period [starts, ends)."""

    kind = models.CharField(max_length=20, choices=AgreementKind.choices, default=AgreementKind.COLLABORATION)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="agreements")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="agreement")
    sought = models.ForeignKey(
        Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_as_sought"
    )
    offered = models.ForeignKey(
        Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_as_offered"
    )
    title = models.CharField(_("title"), max_length=200)
    goal = models.TextField(_("goal"))
    promised_effect = models.TextField(_("promised effect"), blank=True)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT)
    public = models.BooleanField(_("shown to everybody"), default=False)
    experience = models.TextField(_("what you learned"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")), name="agreement_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "proposed")) | Q(starts__isnull=False),
                name="agreement_in_force_has_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Party(models.Model):
    """A department or an organisation in an agreement, its contact, and when it said yes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, organisation=None)
                | Q(department=None, organisation__isnull=False),
                name="party_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=("agreement", "department"),
                condition=Q(organisation=None),
                name="department_party_once",
            ),
            models.UniqueConstraint(
                fields=("agreement", "organisation"),
                condition=Q(department=None),
                name="organisation_party_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.department or self.organisation)


@tracked()
class Review(models.Model):
    """A day on which the parties look at how it goes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    due = models.DateField(_("review date"))
    held = models.DateField(_("held"), null=True, blank=True)
    note = models.TextField(_("what you found"), blank=True)
    reminded = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = [models.UniqueConstraint(fields=("agreement", "due"), name="one_review_a_day")]


class Course(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    ATTENTION = "attention", _("Needs attention")
    OFF_TRACK = "off_track", _("Off track")


@tracked()
class StatusUpdate(models.Model):
    """How it goes, as one party says it on one day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="updates")
    course = models.CharField(_("how is it going?"), max_length=10, choices=Course.choices)
    text = models.TextField(_("in a few words"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created", "-pk")
