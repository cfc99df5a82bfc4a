"""Offers with their periods and places, stays, signed declarations and what was learned."""

from datetime import date, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.organisations.models import Organisation


class OfferKind(models.TextChoices):
    DESK = "desk", _("Desk")
    VISIT = "visit", _("Visit")
    OBSERVATION = "observation", _("Observation period")


class OfferState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open to guests")
    CLOSED = "closed", _("Closed")


@tracked()
class FieldworkOffer(Versioned):
    """What an institution offers to those who want to understand it from within.

    `declaration` is the confidentiality declaration that a guest signs; empty where there is nothing to keep.
    """

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="fieldwork_offers")
    kind = models.CharField(_("kind"), max_length=12, choices=OfferKind.choices)
    institution = models.CharField(_("institution"), max_length=150)
    address = models.CharField(_("address"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what the guest can see and do"))
    rules = models.TextField(_("rules of the house"), blank=True)
    declaration = models.TextField(_("confidentiality declaration"), blank=True)
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return self.title


@tracked()
class FieldworkPeriod(models.Model):
    """The days [starts, ends) for which an offer has places."""

    offer = models.ForeignKey(FieldworkOffer, on_delete=models.PROTECT, related_name="periods")
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("until"))
    hours = models.CharField(_("time of day"), max_length=80, blank=True)

    class Meta:
        ordering = ("starts", "pk")
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="fieldwork_period")]

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)


@tracked()
class FieldworkPlace(models.Model):
    """One place in a period: a row of its own, so that no more guests fit in than there are rows."""

    period = models.ForeignKey(FieldworkPeriod, on_delete=models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("period", "number"), name="one_fieldwork_place_a_number")]


class StayState(models.TextChoices):
    APPLIED = "applied", _("Waiting for the host")
    WAITING = "waiting", _("On the waiting list")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    CANCELLED = "cancelled", _("Cancelled")


LIVE_STATES = (StayState.APPLIED, StayState.WAITING, StayState.AGREED)


@tracked()
class Stay(models.Model):
    """One guest's application for her organisation to come in a period, and what becomes of it.

    An agreed stay holds a place. `attended` is what the host has noted: whether the guest came.
    """

    period = models.ForeignKey(FieldworkPeriod, on_delete=models.PROTECT, related_name="stays")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="stays")
    guest = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(_("what do you want to understand?"))
    state = models.CharField(max_length=10, choices=StayState.choices, default=StayState.APPLIED)
    place = models.ForeignKey(FieldworkPlace, on_delete=models.PROTECT, null=True, related_name="stays")
    created = models.DateTimeField(default=clock.now)
    decided = models.DateTimeField(null=True)  # when the host said yes or no; the waiting list is in this order
    reason = models.TextField(_("reason"), blank=True)  # the host's, or of who cancelled
    cancelled_by_host = models.BooleanField(null=True)
    attended = models.BooleanField(null=True)

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="agreed", place__isnull=False) | (~Q(state="agreed") & Q(place=None)),
                name="agreed_stay_has_place",
            ),
            models.CheckConstraint(condition=Q(attended=None) | Q(state="agreed"), name="agreed_stay_is_attended"),
            models.UniqueConstraint(fields=("place",), name="one_stay_a_place"),
            models.UniqueConstraint(
                fields=("period", "organisation"),
                condition=Q(state__in=("applied", "waiting", "agreed")),
                name="one_live_stay_a_period",
            ),
        ]


@tracked()
@pgtrigger.register(
    pgtrigger.Protect(name="declarations_are_not_removed", operation=pgtrigger.Delete),
    pgtrigger.Protect(
        name="declarations_stay",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__text__df=pgtrigger.F("old__text"))
        | pgtrigger.Q(new__offer_version__df=pgtrigger.F("old__offer_version"))
        | pgtrigger.Q(new__stay_id__df=pgtrigger.F("old__stay_id"))
        | pgtrigger.Q(new__at__df=pgtrigger.F("old__at")),
    ),
)
class SignedDeclaration(models.Model):
    """The confidentiality declaration as it was worded when the guest typed her name under it.

    The database lets no words of it change. Who signed is taken away once it has been kept long enough.
    """

    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="declaration")
    text = models.TextField()
    offer_version = models.PositiveIntegerField()
    name = models.CharField(_("your full name"), max_length=150)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)


class StaySide(models.TextChoices):
    HOST = "host", _("The host")
    GUEST = "guest", _("The guest")


@tracked()
class Learned(models.Model):
    """What one side learned. Everybody reads it while both sides agree to that; each can take her yes back.

    The offer, and `who` in words, stand here too for readers who do not see the stay.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="learned")
    offer = models.ForeignKey(FieldworkOffer, on_delete=models.PROTECT, related_name="learned")
    side = models.CharField(max_length=5, choices=StaySide.choices)
    who = models.CharField(max_length=200)
    text = models.TextField(_("what did you learn?"))
    wording = models.PositiveIntegerField(
        default=0
    )  # counts the texts, so that each side agrees to the one it has read
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    host_agrees = models.BooleanField(default=False)
    guest_agrees = models.BooleanField(default=False)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=("stay", "side"), name="one_learned_a_side")]

    @property
    def public(self) -> bool:
        return self.host_agrees and self.guest_agrees

    def agreed_by(self, side: StaySide) -> bool:
        """Whether the side has said yes to these words."""
        return self.host_agrees if side == StaySide.HOST else self.guest_agrees
