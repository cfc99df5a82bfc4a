"""Organisations, who belongs to them, and what is known of them from where."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, District, Municipality, Place
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.models import SortedByName
from fyrtaarn.foundation.nesting import Nested
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from .cvr import validate_cvr

INVITATION_DAYS = 14


class OrganisationKind(models.TextChoices):
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Association")
    EDUCATION = "education", _("Education")
    FOUNDATION = "foundation", _("Foundation")
    HUB = "hub", _("House or hub")
    PUBLIC_BODY = "public_body", _("Public body")


@tracked()
class Organisation(SortedByName, Place, Versioned):
    """An organisation, shared by all municipalities; `home` is where it lives."""

    slug = models.SlugField(max_length=90, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    cvr = models.CharField(_("CVR number"), max_length=8, null=True, blank=True, unique=True, validators=[validate_cvr])
    home = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("municipality")
    )
    what = models.TextField(_("what you do"), blank=True)
    for_whom = models.TextField(_("for whom"), blank=True)
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES, default="da")
    themes = models.ManyToManyField(Theme, blank=True, related_name="organisations", verbose_name=_("themes"))
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="organisations", verbose_name=_("target groups")
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="organisations", verbose_name=_("UN goals"))
    districts = models.ManyToManyField(District, blank=True, related_name="organisations", verbose_name=_("districts"))
    employees = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    capacity = models.CharField(_("capacity"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    registered_social_enterprise = models.BooleanField(_("registered social enterprise (RSV)"), default=False)
    register_data = models.JSONField(null=True, editable=False)
    register_read = models.DateTimeField(null=True, editable=False)
    example = models.BooleanField(_("invented example"), default=False)
    source_note = models.CharField(_("where this is known from"), max_length=300, blank=True)
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)
    closed = models.DateTimeField(null=True, blank=True)


class MembershipKind(models.TextChoices):
    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Memberships that hold today."""
        return self.filter(starts__lte=clock.today()).filter(Q(ends=None) | Q(ends__gt=clock.today()))


@tracked()
class Membership(models.Model):
    """One person in one organisation's team, in the half-open period [starts, ends)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    kind = models.CharField(_("role"), max_length=10, choices=MembershipKind.choices)
    starts = models.DateField(default=clock.today)
    ends = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "kind", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="membership_period"),
            models.UniqueConstraint(
                fields=("user", "organisation"), condition=Q(ends=None), name="one_open_membership"
            ),
        ]


MEMBERSHIPS = Nested(Membership, "organisation", "organisation__home", without=("register_data",))


def _token() -> str:
    return secrets.token_urlsafe(32)


def _invitation_end() -> datetime:
    return clock.now() + timedelta(days=INVITATION_DAYS)


@tracked(exclude=("token",))
class TeamInvitation(models.Model):
    """A letter that lets one person join an organisation's team; it expires."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("role"), max_length=10, choices=MembershipKind.choices, default=MembershipKind.MEMBER)
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    expires = models.DateTimeField(default=_invitation_end)
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)


class ClaimState(models.TextChoices):
    WAITING = "waiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@tracked()
class Claim(models.Model):
    """A person says that an organisation without a team is hers; the municipality decides."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    ground = models.TextField(_("why is it yours?"))
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.WAITING)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("created", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "user"),
                condition=Q(state="waiting"),
                name="one_waiting_claim_a_person",
            ),
        ]


@tracked()
class Verification(models.Model):
    """A municipality's own, dated verification against the five criteria, beside the state's RSV mark."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="verifications")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    criteria = models.JSONField(default=dict)
    note = models.TextField(_("note"), blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verified = models.DateField(default=clock.today)
    valid_to = models.DateField(_("valid until"))

    class Meta:
        ordering = ("-verified", "-pk")
        constraints = [models.CheckConstraint(condition=Q(valid_to__gt=F("verified")), name="verification_period")]


class AmbassadorState(models.TextChoices):
    ASKED = "asked", _("Has been asked")
    ACTIVE = "active", _("Ambassador")
    PAUSED = "paused", _("Pausing")
    ENDED = "ended", _("No longer ambassador")


@tracked()
class Ambassador(Versioned):
    """An employee who knows social economy, and whom her department's colleagues and entrepreneurs may ask.

    The municipality asks her; she says yes herself, in her own words, and whether everybody may see them (`shown`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ambassadorships")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="ambassadors")
    themes = models.ManyToManyField(Theme, blank=True, related_name="ambassadors", verbose_name=_("themes"))
    help_da = models.CharField(_("what you can help with, in Danish"), max_length=300, blank=True)
    help_en = models.CharField(_("what you can help with, in English"), max_length=300, blank=True)
    shown = models.BooleanField(_("everybody may see my name and what I can help with"), default=False)
    state = models.CharField(max_length=10, choices=AmbassadorState.choices, default=AmbassadorState.ASKED)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.DateTimeField(default=clock.now)
    since = models.DateField(null=True)
    confirmed = models.DateField(null=True)  # when she last said that it still holds
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ("department", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "department"), condition=~Q(state="ended"), name="one_ambassador_a_department"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "ended")) | Q(since__isnull=False, confirmed__isnull=False),
                name="ambassador_has_said_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.department.label}"

    @property
    def help(self) -> str:
        """What she can help with, in the reader's language where she has written it."""
        first, second = self.help_da, self.help_en
        return second or first if get_language() == "en" else first or second
