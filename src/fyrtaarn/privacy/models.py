"""Wishes to be erased, copies, what the archive lets go, who has looked, and answers to requests for access."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.personal_data import HOLDINGS, Words
from fyrtaarn.foundation.viewing import PLACES
from fyrtaarn.organisations.models import Organisation

CALL_BACK_DAYS = 14
COPY_DAYS = 7


class Erasure(models.Model):
    """Somebody's wish to be erased. It can be called back until it is carried out, on the day `due` or soon after."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures")
    asked = models.DateTimeField(default=clock.now)
    due = models.DateField()
    called_back = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person",), condition=Q(called_back=None, done=None), name="one_waiting_erasure"
            ),
            models.CheckConstraint(condition=Q(called_back=None) | Q(done=None), name="erased_or_called_back"),
        ]


def _copy_path(copy: "Copy", _name: str) -> str:
    return f"copies/{copy.key.hex}"


def _register_path(register: "Register", _name: str) -> str:
    return f"registers/{register.key.hex}"


class Copy(models.Model):
    """A copy of all that is held on a person, made by the worker on her wish; its file is there for a week."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="copies")
    asked = models.DateTimeField(default=clock.now)
    made = models.DateTimeField(null=True)
    content = models.FileField(upload_to=_copy_path, blank=True)

    class Meta:
        ordering = ("-asked", "-pk")

    @property
    def is_here(self) -> bool:
        """Whether its file can be fetched now."""
        return bool(self.content) and self.asked > clock.now() - timedelta(days=COPY_DAYS)


class Clearance(models.TextChoices):
    """Why a municipality's matters may be thinned out."""

    ARCHIVED = "archived", _("Handed over to the archive")
    AUTHORISED = "authorised", _("The archive has authorised the destruction")


class OfOneKind(models.Model):
    """About one kind of personal data, by the key of its declaration."""

    holding = models.CharField(max_length=100)

    class Meta:
        abstract = True

    @property
    def what(self) -> Words:
        """What it is about, in words; the key of a kind that is no longer declared."""
        declared = HOLDINGS.get(self.holding)
        return declared.what if declared else self.holding


class ArchiveDecision(OfOneKind):
    """The gate of the archive: what a municipality may let go of one kind, as far as it ended before a day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    before = models.DateField(_("what ended before"))
    kind = models.CharField(_("why it may go"), max_length=10, choices=Clearance.choices)
    reference = models.CharField(_("reference"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")


class Removal(OfOneKind):
    """What a retention run let go of one kind: how many rows, and the archive's decision where one was needed."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")


class Due(OfOneKind):
    """What of a municipality's matters has been kept long enough of one kind: how much, and when the oldest ended.

    Counted anew after each retention run, as nobody but the worker may look into all matters.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    rows = models.PositiveIntegerField()
    oldest = models.DateField()

    class Meta:
        ordering = ("holding", "pk")
        constraints = [models.UniqueConstraint(fields=("municipality", "holding"), name="due_counted_once")]


class Viewing(models.Model):
    """That somebody saw a person's data in her work, once for each person, place and day: the first time counts."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=60)  # the key of a registered place
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "viewer", "place", "municipality", "day"),
                nulls_distinct=False,
                name="one_viewing_a_day",
            )
        ]

    @property
    def where(self) -> Words:
        """The place in words."""
        return PLACES.get(self.place, self.place)


class Register(models.Model):
    """An answer to a request for access: what a municipality has about one party, as a file that is there for a week."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("which case is it for?"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.DateTimeField(default=clock.now)
    made = models.DateTimeField(null=True)
    content = models.FileField(upload_to=_register_path, blank=True)

    class Meta:
        ordering = ("-asked", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organisation__isnull=False) | Q(person__isnull=False, organisation=None),
                name="register_about_one_party",
            )
        ]

    @property
    def party(self) -> str:
        return str(self.person or self.organisation)

    @property
    def is_here(self) -> bool:
        """Whether its file can be fetched now."""
        return bool(self.content) and self.asked > clock.now() - timedelta(days=COPY_DAYS)
