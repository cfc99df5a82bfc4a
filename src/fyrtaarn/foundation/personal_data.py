"""What each model holds of people, why, how long, and what becomes of it: said once, beside the model.

A room declares all its models in its personal.py, imported in AppConfig.ready():

    declare(
        Holding(
            Membership,
            what=_("Which organisations you belong to"),
            why=_("So that you can act for them"),
            ground=Ground.PUBLIC_TASK,
            kept=_("Five years after you have left"),
            whose=_("People in organisations"),
            about=("user",),
        )
    )
    holds_nothing(Theme, "name", "sort_key")

From this come the article 30 record, the copy of all that is held on somebody, erasure and retention. A field that
can hold words or points to a person needs its word here (`undeclared`); numbers, dates and choices are as personal as
the row that they stand in. The history of a tracked model is held with the model.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

Words = str | Promise
YEAR = timedelta(days=365)
ERASED_DOMAIN = "slettet.invalid"
"""Where nobody has an address (RFC 2606): the addresses of those who have been erased end in it."""


class Ground(models.TextChoices):
    """The legal ground, with its reference."""

    PUBLIC_TASK = "public_task", _("A task in the public interest: GDPR article 6(1)(e)")
    LEGAL_DUTY = "legal_duty", _("A duty in law: GDPR article 6(1)(c) with offentlighedsloven §§ 13 and 15")
    ASKED_FOR = "asked_for", _("You have asked us for it: GDPR article 6(1)(b)")
    SECURITY = "security", _("Security of what we hold: GDPR articles 6(1)(e) and 32")


class Fate(Enum):
    """What becomes of a field when its person is erased."""

    BLANK = auto()  # emptied in the rows that are about the person
    REPLACE = auto()  # her name, addresses and number are taken out wherever they stand; the rest stays
    KEEP = auto()  # stays until its own time is over


@dataclass(frozen=True)
class Retention:
    """When rows have been kept long enough: `after` the moment in `since` (a lookup), among those that `among` names.

    What belongs to a municipality's matters (`municipality` is the lookup to it) waits for the archive: nothing is
    destroyed before it has been handed over or its destruction authorised (arkivloven). `delete` removes the rows;
    otherwise their fields are emptied and they point to nobody.
    """

    after: timedelta
    since: str
    among: Q | None = None
    municipality: str = ""
    delete: bool = False


@dataclass(frozen=True)
class Holding:
    """Personal data in one model.

    `about` are the lookups from a row to those whom it is about, `addresses` the fields with their e-mail address, `by`
    the lookups to those who wrote it or did something with it. `fields` are those that say something of a person,
    `plain` other words, `secret` what only serves security and is in no copy. `erase` removes the rows that are about
    an erased person. `stays` says why what is kept stays, `seen_by`
    who sees it besides the person.
    """

    model: type[models.Model]
    what: Words
    why: Words
    ground: Ground
    kept: Words
    whose: Words
    about: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    fields: Mapping[str, Fate] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    erase: bool = False
    stays: Words = ""
    seen_by: Words = ""
    retention: Retention | None = None

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    def fields_with(self, fate: Fate) -> list[str]:
        return [name for name, given in self.fields.items() if given is fate]

    @property
    def history(self) -> Any:
        """The model of what the triggers keep of the rows' past; None where nothing is kept."""
        return next((m for m in apps.get_models() if issubclass(m, Event) and m.pgh_tracked_model is self.model), None)


Erasing = Callable[[Any], None]
Hindrance = Callable[[Any], Iterable[Words]]
HOLDINGS: dict[str, Holding] = {}
PLAIN: dict[str, frozenset[str]] = {}
when_person_is_erased: list[Erasing] = []
"""What rooms do before a person's data goes, in the same transaction: (the person)."""
hindrances: list[Hindrance] = []
"""What rooms say must be settled before a person can be erased: sentences to (the person)."""


def declare(*holdings: Holding) -> None:
    """Say what models hold of people."""
    HOLDINGS.update({holding.key: holding for holding in holdings})


def holds_nothing(model: type[models.Model], *plain: str) -> None:
    """Say that a model holds nothing of people, naming each of its fields that can hold words."""
    PLAIN[model._meta.label_lower] = frozenset(plain)


def undeclared() -> list[str]:
    """Every model, and every field that can hold words or points to a person, of which nobody has said what it is."""
    missing = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        needy = [f.name for f in model._meta.local_fields if _needs_a_word(f)]
        if issubclass(model, Event) or model._meta.proxy or model._meta.auto_created:
            continue
        if label not in HOLDINGS and label not in PLAIN:
            missing.append(label)
        missing += [f"{label}.{name}" for name in needy if name not in _said(label)]
    return missing


def _said(label: str) -> frozenset[str]:
    holding = HOLDINGS.get(label)
    if holding is None:
        return PLAIN.get(label, frozenset())
    return frozenset((*holding.about, *holding.by, *holding.fields, *holding.plain, *holding.secret))


def _needs_a_word(column: Any) -> bool:
    if column.is_relation:
        return column.related_model is get_user_model()
    if isinstance(column, ArrayField):
        return _needs_a_word(column.base_field)
    wordy = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)
    return isinstance(column, wordy) and not column.choices
