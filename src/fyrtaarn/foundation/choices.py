"""Forms that let people choose among stored things, however many fields of that sort they have, in one statement."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db import connection
from django.db.models import Model, QuerySet

from .nesting import Nested

SECRETS = ("password",)


class ChoicesTogether(forms.BaseForm):
    """A form whose `read_choices`, called last in __init__, reads the choices of all its model fields.

    `many` names many-to-many fields of the instance whose first values are read along; they stand in the class body,
    not in Meta.fields, because Django would read each for itself.
    """

    many: tuple[str, ...] = ()
    read: dict[str, list[Any]]  # the things to choose among, by field

    def read_choices(self) -> None:
        """Read what can be chosen, and what the instance has chosen."""
        fields: dict[str, Any] = {n: f for n, f in self.fields.items() if isinstance(f, forms.ModelChoiceField)}
        instance: Model | None = getattr(self, "instance", None)
        chosen = [] if instance is None or instance.pk is None else [_keys(instance, name) for name in self.many]
        nested = {name: Nested(f.queryset.model, *_joined(f.queryset), without=SECRETS) for name, f in fields.items()}
        queries = [nested[name].rows(field.queryset) for name, field in fields.items()]
        found = _arrays(queries + chosen)
        self.read = {name: nested[name].objects(map(json.loads, found.pop(0))) for name in fields}
        for name, field in fields.items():
            options = [(one.pk, field.label_from_instance(one)) for one in self.read[name]]
            field.choices = options if field.empty_label is None else [("", field.empty_label), *options]
        for name, keys in zip(self.many, found, strict=False):  # nothing for an object that is not stored yet
            self.initial.setdefault(name, keys)


def keys_of(instance: Model, many: Sequence[str]) -> dict[str, list[Any]]:
    """The primary keys of what an object points to by several many-to-many fields, in one statement."""
    return dict(zip(many, _arrays([_keys(instance, name) for name in many]), strict=True))


def _keys(instance: Model, name: str) -> QuerySet[Any]:
    related: Any = getattr(instance, name)
    keys: QuerySet[Any] = related.order_by().values_list("pk", flat=True)
    return keys


def _joined(rows: QuerySet[Any]) -> Iterator[str]:
    """The ways that `select_related` of a queryset names."""

    def ways(tree: Any, before: str = "") -> Iterator[str]:
        for name, more in tree.items():
            yield before + name
            yield from ways(more, f"{before}{name}__")

    return ways(rows.query.select_related) if isinstance(rows.query.select_related, dict) else iter(())


def _arrays(queries: list[QuerySet[Any]]) -> list[list[Any]]:
    """What several queries of one column give, in one statement."""
    parts: list[str] = []
    params: list[Any] = []
    for query in queries:
        sql, own = query.query.sql_with_params()
        parts.append(f"ARRAY({sql})")
        params += own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        (row,) = cursor.fetchall()
    return list(row)
