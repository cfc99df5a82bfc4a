"""Users, what they may do where and for how long, and invitations."""

import secrets
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.nesting import Nested
from fyrtaarn.foundation.personal_data import ERASED_DOMAIN

INVITATION_DAYS = 14
SOURCE = r"^[a-z0-9]+(-[a-z0-9]+)*$"  # an identity provider, as the settings name it


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A person who signs in with an e-mail address."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """A person with an account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    title = models.CharField(_("job title"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="da")
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=clock.now)
    persona = models.CharField(max_length=100, blank=True)  # what a demo persona is here for; empty for real people
    persona_en = models.CharField(max_length=100, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="email_in_any_case")]

    def __str__(self) -> str:
        return gettext("Former user") if self.email.endswith(f"@{ERASED_DOMAIN}") else self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def persona_label(self) -> str:
        """What a demo persona is here for, in the reader's language."""
        return self.persona_en if get_language() == "en" and self.persona_en else self.persona

    @cached_property
    def current_roles(self) -> list["Role"]:
        """The municipal roles that hold today; read with the person of a request, else with one query."""
        read = vars(self).get("read_roles")
        if read is not None:
            return ROLES.objects(read)
        return list(Role.objects.current().filter(user=self).select_related("municipality", "department"))

    @cached_property
    def current_national_roles(self) -> frozenset[str]:
        """The kinds of national role that she holds today; read with the person of a request, else with one query."""
        read = vars(self).get("read_national_roles")
        if read is not None:
            return frozenset(read)
        return frozenset(NationalRole.objects.current().filter(user=self).values_list("kind", flat=True))

    def administers(self, municipality_id: int) -> bool:
        """Whether she administers the municipality's portal today."""
        return self.is_active and any(
            role.kind == RoleKind.MUNICIPALITY_ADMINISTRATOR and role.municipality_id == municipality_id
            for role in self.current_roles
        )


DEPARTMENT_KINDS = ("department_editor", "contact_person", "department_lead")


class RoleKind(models.TextChoices):
    """What a person does for a municipality."""

    MUNICIPALITY_ADMINISTRATOR = "municipality_administrator", _("Municipality administrator")
    DEPARTMENT_EDITOR = "department_editor", _("Department editor")
    CONTACT_PERSON = "contact_person", _("Contact person")
    DEPARTMENT_LEAD = "department_lead", _("Department lead")
    COMMUNITY_MANAGER = "community_manager", _("Community manager")
    BUYER = "buyer", _("Buyer")
    FUND_MANAGER = "fund_manager", _("Fund manager")
    CASEWORKER = "caseworker", _("Caseworker")
    COUNCIL_SECRETARY = "council_secretary", _("Council secretary")
    COUNCIL_MEMBER = "council_member", _("Council member")
    READER = "reader", _("Reader")
    DATA_OFFICER = "data_officer", _("Data officer")
    AUDITOR = "auditor", _("Auditor")


R = TypeVar("R", "Role", "NationalRole")


class PeriodQuerySet(models.QuerySet[R]):
    def current(self) -> "PeriodQuerySet[R]":
        """Roles that hold today."""
        return self.filter(starts__lte=clock.today()).filter(Q(ends=None) | Q(ends__gt=clock.today()))


@tracked()
class Role(models.Model):
    """One role of one person in one municipality, in the half-open period [starts, ends).

    `source` is the identity provider whose claims give the role, and also take it; empty where a person has given it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=30, choices=RoleKind.choices)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="roles")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    starts = models.DateField(_("from"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(max_length=60, blank=True, default="", db_default="")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "kind", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(source="") | Q(source__regex=SOURCE), name="role_source"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="role_period"),
            models.CheckConstraint(
                condition=~Q(kind__in=DEPARTMENT_KINDS) | Q(department__isnull=False),
                name="role_needs_department",
            ),
            models.UniqueConstraint(
                fields=("user", "municipality", "kind", "department"),
                condition=Q(ends=None),
                nulls_distinct=False,
                name="role_held_once",
            ),
        ]

    @property
    def over(self) -> bool:
        return self.ends is not None and self.ends <= clock.today()

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


ROLES = Nested(Role, "municipality", "department")


class NationalRoleKind(models.TextChoices):
    """What a person does for all municipalities of the installation together."""

    VOCABULARY_EDITOR = "vocabulary_editor", _("Editor of the shared words")
    OPERATOR = "operator", _("Operator of the installation")


@tracked()
class NationalRole(models.Model):
    """One national role of one person in the half-open period [starts, ends); the operator gives and ends it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="national_roles")
    kind = models.CharField(_("role"), max_length=30, choices=NationalRoleKind.choices)
    starts = models.DateField(_("from"), default=clock.today)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="national_role_period"),
            models.UniqueConstraint(fields=("user", "kind"), condition=Q(ends=None), name="national_role_held_once"),
        ]


def _token() -> str:
    return secrets.token_urlsafe(32)


def _invitation_end() -> datetime:
    return clock.now() + timedelta(days=INVITATION_DAYS)


class InvitationState(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


@tracked(exclude=("token",))
class Invitation(models.Model):
    """A letter that lets one person take one municipal role; it expires."""

    email = models.EmailField(_("e-mail address"))  # in lower case
    kind = models.CharField(_("role"), max_length=30, choices=RoleKind.choices)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="invitations")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    language = models.CharField(_("language of the mail"), max_length=2, choices=settings.LANGUAGES, default="da")
    token = models.CharField(max_length=64, unique=True, default=_token, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    expires = models.DateTimeField(default=_invitation_end)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=DEPARTMENT_KINDS) | Q(department__isnull=False),
                name="invitation_needs_department",
            ),
            models.UniqueConstraint(
                fields=("email", "municipality", "kind", "department"),
                condition=Q(accepted=None, withdrawn=None),
                nulls_distinct=False,
                name="one_open_invitation",
            ),
        ]

    @property
    def state(self) -> "InvitationState":
        """Where the invitation stands at this moment."""
        if self.accepted:
            return InvitationState.ACCEPTED
        if self.withdrawn:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires <= clock.now() else InvitationState.WAITING
