"""Agreements: parties, goal, promised effect, period, reviews and how it went."""

import uuid
from datetime import date, timedelta
from typing import Any

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
    GRANT = "grant", _("Agreement on a grant")
    TERMS = "terms", _("Terms over several years")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for the parties")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")
    DROPPED = "dropped", _("Dropped")


PUBLIC_STATES = (AgreementState.ACTIVE, AgreementState.COMPLETED, AgreementState.ENDED)
LIVE_STATES = (AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.ACTIVE)


class Terms(models.Model):
    """What the parties say yes to. The period [starts, ends) is half-open: `ends` is the first day after it."""

    title = models.CharField(_("title"), max_length=200)
    goal = models.TextField(_("goal"))
    promised_effect = models.TextField(_("promised effect"), blank=True)
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)
    public = models.BooleanField(_("shown to everybody"), default=False)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day of the period; None for one without an end."""
        return self.ends and self.ends - timedelta(days=1)


TERMS = ("title", "goal", "promised_effect", "starts", "ends", "public")


def terms_of(subject: Terms) -> dict[str, Any]:
    """The values of what the parties say yes to."""
    return {name: getattr(subject, name) for name in TERMS}


@tracked()
class Agreement(Versioned, Terms):
    """What parties promise each other; its terms are those in force, or those that a draft has reached."""

    kind = models.CharField(max_length=20, choices=AgreementKind.choices, default=AgreementKind.COLLABORATION)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="agreements")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements")
    sought = models.ForeignKey(
        Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_as_sought"
    )
    offered = models.ForeignKey(
        Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_as_offered"
    )
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT)
    worked = models.TextField(_("what worked?"), blank=True)
    did_not_work = models.TextField(_("what did not?"), blank=True)
    next_time = models.TextField(_("what next?"), blank=True)
    closed = models.DateField(null=True, blank=True)  # completed or ended early
    draft_key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # one draft a form, however often sent
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
                condition=Q(state__in=("draft", "proposed", "dropped")) | Q(starts__isnull=False),
                name="agreement_in_force_has_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("completed", "ended"))
                | (Q(closed__isnull=False) & ~Q(worked="") & ~Q(did_not_work="") & ~Q(next_time="")),
                name="closed_agreement_has_experience",
            ),
            models.UniqueConstraint(
                fields=("meeting",),
                condition=Q(state__in=("draft", "proposed", "active")),
                name="one_live_agreement_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Party(models.Model):
    """A department or an organisation in an agreement, and its contact."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

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
        return str(self.department.label if self.department else self.organisation)


class WordingState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for the parties")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced by a later one")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


@tracked()
class Wording(Terms):
    """One numbered version of the terms, put to the parties; it comes into force when all have said yes to it.

    The first makes the agreement, each later one changes it. The row never changes but for its state, so the
    wordings in order are what was promised when.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=WordingState.choices, default=WordingState.PROPOSED)
    reason = models.TextField(_("why do you want the change?"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField(default=clock.now)
    settled = models.DateTimeField(null=True)  # came into force, was declined or taken back
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.TextField(_("why not?"), blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("agreement", "number"), name="one_wording_a_number"),
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state="proposed"), name="one_proposed_wording_at_a_time"
            ),
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state="in_force"), name="one_wording_in_force_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=False) & (Q(ends=None) | Q(ends__gt=F("starts"))), name="wording_period"
            ),
        ]


@tracked()
class Acceptance(models.Model):
    """One party's yes to one wording, given by one person. Nobody says yes for two parties."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="acceptances")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="acceptances")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("wording", "party"), name="one_acceptance_a_party"),
            models.UniqueConstraint(fields=("wording", "by"), name="one_acceptance_a_person"),
        ]


class Course(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    ATTENTION = "attention", _("Needs attention")
    OFF_TRACK = "off_track", _("Off track")


@tracked()
class Review(models.Model):
    """A day on which the parties look at how it goes, and what they found."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    due = models.DateField(_("review date"))
    question = models.CharField(_("what will you look at?"), max_length=200, blank=True)
    held = models.DateField(_("held on"), null=True, blank=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("how is it going?"), max_length=10, choices=Course.choices, blank=True)
    note = models.TextField(_("what you found"), blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.UniqueConstraint(fields=("agreement", "due"), name="one_review_a_day"),
            models.CheckConstraint(
                condition=Q(held=None, held_by=None, outcome="", note="")
                | (Q(held__isnull=False, held_by__isnull=False) & ~Q(outcome="") & ~Q(note="")),
                name="held_review_has_outcome",
            ),
        ]


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
