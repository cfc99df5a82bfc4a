"""What a person is known by, and how it is taken out of texts and of the history."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from fyrtaarn.foundation.personal_data import ERASED_DOMAIN, Fate, Holding
from fyrtaarn.people.models import User

from .queries import addresses_of, names_and_phones_of

REMOVED = "[slettet]"
NOBODY = f"ingen@{ERASED_DOMAIN}"
LEAST_DIGITS = 8
"""A Danish number; fewer digits may be anything."""


@dataclass(frozen=True)
class Traces:
    """What she is and has been known by: addresses, whole names (a first name may be anybody's), numbers as digits."""

    addresses: frozenset[str]
    names: frozenset[str]
    phones: frozenset[str]

    @classmethod
    def of(cls, person: User) -> "Traces":
        names, phones = names_and_phones_of(person)
        digits = (re.sub(r"\D", "", phone) for phone in phones)
        return cls(
            frozenset(addresses_of(person)),
            frozenset(name.strip() for name in names if " " in name.strip()),
            frozenset(number for number in digits if len(number) >= LEAST_DIGITS),
        )

    @property
    def pattern(self) -> str:
        """A regular expression that both PostgreSQL and Python read, for use without regard to case."""
        words = [re.escape(text) for text in sorted(self.addresses | self.names, key=len, reverse=True)]
        return "|".join([*words, *(r"[ .-]*".join(number) for number in sorted(self.phones))])

    def are_in(self, text: str) -> bool:
        """Whether the text names her."""
        return bool(re.search(rf"(?<!\w)(?:{self.pattern})(?!\w)", text, flags=re.IGNORECASE))

    def taken_out(self, value: Any) -> Any:
        """The text, or all texts in the JSON value, without her."""
        if isinstance(value, str):
            return re.sub(rf"(?<!\w)(?:{self.pattern})(?!\w)", REMOVED, value, flags=re.IGNORECASE)
        if isinstance(value, list):
            return [self.taken_out(one) for one in value]
        if isinstance(value, dict):
            return {key: self.taken_out(one) for key, one in value.items()}
        return value


def take_out(traces: Traces, holding: Holding) -> int:
    """Take her out of the holding's copies of her name, addresses and number; returns of how many rows."""
    names = holding.fields_with(Fate.REPLACE)
    rows = holding.model._base_manager.order_by("pk")
    changed = 0
    for name in names:
        mentioning = rows.annotate(as_text=Cast(name, TextField())).filter(as_text__iregex=traces.pattern)
        for pk, value in mentioning.values_list("pk", name):
            changed += rows.filter(pk=pk).update(**{name: traces.taken_out(value)})
    return changed


def empty(holding: Holding, rows: QuerySet[Any], names: list[str], mark: str = "") -> int:
    """Empty the named fields of rows and of their history; texts become `mark`. Returns how many rows."""
    numbers = list(rows.order_by().values_list("pk", flat=True))
    if names and numbers:
        values = {name: _nothing(holding.model._meta.get_field(name), mark) for name in names}
        holding.model._base_manager.filter(pk__in=numbers).order_by().update(**values)
        empty_history(holding, numbers, names, mark)
    return len(numbers)


def empty_history(holding: Holding, numbers: list[Any], names: list[str], mark: str = "") -> None:
    """Empty the named fields in what the triggers have kept of rows. The database lets nothing else change history."""
    if holding.history is None or not names:
        return
    kept = {column.name: column for column in holding.history._meta.fields}
    cleared = {kept[name].column: _nothing_in_history(kept[name], mark) for name in names if name in kept}
    table = holding.history._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privacy_clear_history(%s::regclass, %s::bigint[], %s)",
            [table, numbers, models.JSONField().get_db_prep_value(cleared, connection)],
        )


def nobody() -> User:
    """To whom rows point that no longer point to anybody."""
    return User.objects.get_or_create(email=NOBODY, defaults={"is_active": False})[0]


def point_to_nobody(holding: Holding, numbers: list[Any], names: list[str]) -> None:
    """Let rows, and their history, point to nobody where they pointed to a person."""
    rows = holding.model._base_manager.filter(pk__in=numbers).order_by()
    for name in names:
        rows.filter(**{f"{name}__isnull": False}).update(**{name: nobody()})
    empty_history(holding, numbers, names)


def _nothing(column: Any, mark: str) -> Any:
    if column.is_relation:
        return None if column.null else nobody().pk
    if isinstance(column, models.EmailField):
        return Concat(Value("slettet-"), Cast("pk", CharField()), Value(f"@{ERASED_DOMAIN}"))
    return _no_value(column, mark)


def _nothing_in_history(column: Any, mark: str) -> Any:
    if column.is_relation:
        return nobody().pk
    return f"slettet@{ERASED_DOMAIN}" if isinstance(column, models.EmailField) else _no_value(column, mark)


def _no_value(column: Any, mark: str) -> Any:
    if column.null:
        return None
    if isinstance(column, models.JSONField | ArrayField):
        return column.get_default()
    return mark
