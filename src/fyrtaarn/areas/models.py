"""Municipalities and what lies within them. All are starting data that a municipality can change."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.models import SortedByName
from fyrtaarn.foundation.versions import Versioned


class Place(models.Model):
    """Coordinates in WGS 84; empty where nobody has set them."""

    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        abstract = True


@tracked()
class Municipality(SortedByName, Place, Versioned):
    """One of the 98 municipalities; `open` ones run their own portal here."""

    code = models.CharField(_("municipality code"), max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    region_code = models.CharField(max_length=10)
    region = models.CharField(_("region"), max_length=100)
    accent = models.CharField(
        _("accent colour"), max_length=7, default="#0f5a6e", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    welcome_da = models.TextField(_("welcome text in Danish"), blank=True)
    welcome_en = models.TextField(_("welcome text in English"), blank=True)
    contact_email = models.EmailField(_("e-mail address for questions"), blank=True, db_default="", default="")
    contact_phone = models.CharField(_("phone for questions"), max_length=30, blank=True, db_default="", default="")
    open = models.BooleanField(_("runs a portal here"), default=False)

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def welcome(self) -> str:
        return self.welcome_en if get_language() == "en" and self.welcome_en else self.welcome_da


class DepartmentQuerySet(models.QuerySet["Department"]):
    def current(self) -> "DepartmentQuerySet":
        """Departments that exist today."""
        today = clock.today()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gt=today))


@tracked()
class Department(SortedByName, Versioned):
    """A department (forvaltning) of a municipality, valid in the half-open period [valid_from, valid_to).

    It is never deleted, because challenges and roles point at it: it ends, and `successor` takes over.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="departments")
    slug = models.SlugField()
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    formerly = models.CharField(_("formerly"), max_length=200, blank=True)
    committee = models.CharField(_("political committee"), max_length=200, blank=True)
    what_da = models.TextField(_("what it works with, in Danish"), blank=True)
    what_en = models.TextField(_("what it works with, in English"), blank=True)
    note = models.CharField(_("note on the source"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="predecessors"
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta(SortedByName.Meta):
        constraints = [
            models.UniqueConstraint(fields=("municipality", "slug"), name="department_address"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="department_period",
            ),
        ]

    @property
    def begun(self) -> bool:
        return self.valid_from is None or self.valid_from <= clock.today()

    @property
    def ended(self) -> bool:
        return self.valid_to is not None and self.valid_to <= clock.today()

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def what(self) -> str:
        return self.what_en if get_language() == "en" and self.what_en else self.what_da


@tracked()
class District(SortedByName, Place, Versioned):
    """A part of a municipality in which people say that something takes place."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="districts")
    slug = models.SlugField()
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)

    class Meta(SortedByName.Meta):
        constraints = [models.UniqueConstraint(fields=("municipality", "slug"), name="district_address")]


class LocalBodyKind(models.TextChoices):
    LOCAL_COMMITTEE = "local_committee", _("Local committee")
    LOCAL_COUNCIL = "local_council", _("Local council")
    OTHER = "other", _("Other")


@tracked()
class LocalBody(SortedByName, Versioned):
    """A local committee (lokaludvalg) or a like body; several may share a district."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="local_bodies")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, related_name="local_bodies")
    slug = models.SlugField()
    kind = models.CharField(_("kind"), max_length=40, choices=LocalBodyKind.choices)

    class Meta(SortedByName.Meta):
        constraints = [models.UniqueConstraint(fields=("municipality", "slug"), name="local_body_address")]
