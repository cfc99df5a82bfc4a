"""A few rows that belong to another row, read in the statement that reads that one.

    PARTIES = Nested(Party, "department", "organisation", "organisation__home")
    rows.annotate(parties_read=PARTIES.of(Party.objects.filter(agreement=OuterRef("pk"))))
    PARTIES.objects(row.parties_read)  # Party objects with their department and organisation

For short lists alone: the rows travel as JSON.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, Model, QuerySet
from django.db.models.functions import JSONObject

M = TypeVar("M", bound=Model)
OWN = "own"


class Nested(Generic[M]):
    """Rows of a model with those that they point to; `joined` names the ways there, shorter ways first.

    `without` names fields, of whichever model, that are read only when somebody asks for them.
    """

    def __init__(self, model: type[M], *joined: str, without: Iterable[str] = ()) -> None:
        self.model = model
        self.without = frozenset(without)
        self.joined = joined

    @cached_property
    def models(self) -> dict[str, type[Model]]:
        """The models by the way that leads to them, known once all are loaded."""
        found: dict[str, type[Model]] = {OWN: self.model}
        for way in self.joined:
            before, _sep, name = way.rpartition("__")
            relation: Any = found[before or OWN]._meta.get_field(name)
            found[way] = relation.related_model
        return found

    def of(self, rows: QuerySet[M]) -> ArraySubquery:
        """The annotation that reads the rows, in their order."""
        return ArraySubquery(self.rows(rows))

    def rows(self, rows: QuerySet[M]) -> QuerySet[M, Any]:
        """The rows as one column."""
        parts = {
            way: JSONObject(
                **{f.attname: f.attname if way == OWN else f"{way}__{f.attname}" for f in self._fields(model)}
            )
            for way, model in self.models.items()
        }
        return rows.values_list(JSONObject(**parts), flat=True)

    def objects(self, read: Iterable[Mapping[str, Any]]) -> list[M]:
        """The objects that such an annotation has read."""
        return [self._object(row) for row in read]

    def _object(self, row: Mapping[str, Any]) -> M:
        made: dict[str, Any] = {}
        for way, model in self.models.items():
            fields = self._fields(model)
            values = row[way]
            missing = values[model._meta.pk.attname] is None
            made[way] = (
                None
                if missing
                else model.from_db(
                    DEFAULT_DB_ALIAS, [f.attname for f in fields], [f.to_python(values[f.attname]) for f in fields]
                )
            )
            before, _sep, name = way.rpartition("__")
            if way != OWN and made[before or OWN] is not None:
                setattr(made[before or OWN], name, made[way])
        own: M = made[OWN]
        return own

    def _fields(self, model: type[Model]) -> "list[Field[Any, Any]]":
        return [field for field in model._meta.concrete_fields if field.name not in self.without]
