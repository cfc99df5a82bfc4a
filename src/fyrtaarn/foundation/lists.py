"""Lists that a person searches, filters, sorts, pages through, shares by address and takes home as a file.

    page = ListPage(
        request,
        Challenge.objects.filter(municipality=request.municipality),
        name=_("Challenges"),
        columns=(Column(_("Title"), "title", link=Challenge.get_absolute_url), Column(_("Published"), "published")),
        sorts=(Sort("nyeste", _("Newest first"), ("-published",)), Sort("titel", _("Title"), ("title",))),
        filters=(choice_filter("tilstand", _("State"), "state", ChallengeState.choices),),
        search=("title", "situation"),
    )
    return page.respond("portal/challenge_list.html")

In the template: `<c-list-table :list="list" />`.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import clock, exports
from .exports import Value

M = TypeVar("M", bound=models.Model)
Words = str | Promise

PAGE_SIZE = 25
MOST_COUNTED = 10_000
SEARCH, SORT, AFTER, BEFORE, FORMAT = "soeg", "sortering", "efter", "foer", "format"
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Column(Generic[M]):
    """One column: `value` is the name of an attribute or a function of the row, `link` gives the row's address."""

    label: Words
    value: str | Callable[[M], Value]
    link: Callable[[M], str] | None = None

    def of(self, row: M) -> Value:
        if not isinstance(self.value, str):
            return self.value(row)
        found = reduce(getattr, self.value.split("."), row)
        return found if isinstance(found, str | int | float | Decimal | date | None) else str(found)


@dataclass(frozen=True)
class Sort:
    """One order that a reader can choose: `order` as in QuerySet.order_by, names of fields or annotations."""

    name: str
    label: Words
    order: tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """One filter: a field of the filter form, and what its value does with the rows."""

    name: str
    field: forms.Field
    apply: Callable[[QuerySet[Any], Any], QuerySet[Any]]


def choice_filter(name: str, label: Words, lookup: str, choices: Iterable[tuple[Any, Words]]) -> Filter:
    """A filter by one of `choices`, compared by the query `lookup` ("state", "department")."""
    return Filter(
        name,
        forms.ChoiceField(label=label, choices=[("", gettext_lazy("All")), *choices], required=False),  # type: ignore[arg-type]
        lambda rows, value: rows.filter(**{lookup: value}),
    )


class FilterForm(forms.Form):
    """The fields that one list is searched and filtered by."""

    all_optional = True  # so that no field needs to say so


@dataclass(frozen=True)
class Pages:
    """The neighbours of a page, for the pager."""

    previous_url: str
    next_url: str
    summary: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in one cell of the page."""

    label: str
    text: str
    url: str
    is_number: bool


class ListPage(Generic[M]):
    """One page of a list, its filter form, its neighbours and its exports. `rows` must be what the reader may see."""

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[M],
        *,
        name: Words,
        columns: Sequence[Column[M]],
        sorts: Sequence[Sort],
        filters: Sequence[Filter] = (),
        search: Sequence[str] = (),
        page_size: int = PAGE_SIZE,
        kept: Sequence[str] = (),
    ) -> None:
        """`kept` names what else in the address belongs to the page, such as the chosen tab."""
        self.request = request
        self.name = str(name)
        self.columns = columns
        self.sorts = {sort.name: sort for sort in sorts}
        self.filters = filters
        self.search = search
        self.page_size = page_size
        self.kept = kept
        self.form = self._filter_form()
        self.form.is_valid()  # a value that does not fit is shown with its error, and filters nothing
        self.order = _total_order(self._sort().order)
        self.all_rows = self._filtered(rows)

    def respond(self, template: str, context: dict[str, Any] | None = None) -> HttpResponseBase:
        """The page from the template, which finds this as `list`; or the file that the address asks for."""
        kind = self.request.GET.get(FORMAT)
        if kind in exports.FORMATS:
            return exports.table_response(kind, self.name, self.headings, self._export_rows())
        return render(self.request, template, {**(context or {}), "list": self})

    @property
    def headings(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    @cached_property
    def rows(self) -> list[M]:
        """The rows of this page."""
        return self._window[0]

    @property
    def shown(self) -> Iterable[M]:
        """The rows that the answer shows: those of this page, or all of them in a file."""
        return self.all_rows if self.request.GET.get(FORMAT) in exports.FORMATS else self.rows

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows of this page as what stands in their cells."""
        return [[_cell(column, row) for column in self.columns] for row in self.rows]

    @cached_property
    def total(self) -> int:
        """How many rows there are on all pages, counted no further than MOST_COUNTED + 1."""
        return self.all_rows.order_by()[: MOST_COUNTED + 1].count()

    @property
    def summary(self) -> str:
        """How many rows there are, in words."""
        if self.total > MOST_COUNTED:
            return _("More than %(count)s results") % {"count": number_format(MOST_COUNTED, force_grouping=True)}
        return ngettext("%(count)s result", "%(count)s results", self.total) % {
            "count": number_format(self.total, force_grouping=True)
        }

    @property
    def is_filtered(self) -> bool:
        return any(self.form.cleaned_data.get(name) for name in (SEARCH, *(f.name for f in self.filters)))

    @property
    def cleared_url(self) -> str:
        """The whole list, in the chosen order."""
        return self._url({SORT: self.request.GET[SORT]} if SORT in self.request.GET else {})

    @property
    def is_astray(self) -> bool:
        """Whether the address leads beyond the list, because rows have gone or somebody changed it."""
        return not self.rows and bool({AFTER, BEFORE} & self.request.GET.keys())

    @property
    def pages(self) -> Pages:
        """The addresses of the pages before and after this one; empty at the ends."""
        rows, has_previous, has_next = self._window
        choices = self._choices()
        return Pages(
            self._url({**choices, BEFORE: self._cursor(rows[0])}) if rows and has_previous else "",
            self._url({**choices, AFTER: self._cursor(rows[-1])}) if rows and has_next else "",
        )

    @property
    def export_urls(self) -> dict[str, str]:
        """The address of the list as filtered, in each format."""
        return {kind: self._url({**self._choices(), FORMAT: kind}) for kind in exports.FORMATS}

    def _filter_form(self) -> FilterForm:
        fields: dict[str, forms.Field] = {}
        if self.search:
            fields[SEARCH] = forms.CharField(label=gettext_lazy("Search"), max_length=200, required=False)
        fields |= {f.name: f.field for f in self.filters}
        if len(self.sorts) > 1:
            orders = [(sort.name, sort.label) for sort in self.sorts.values()]
            fields[SORT] = forms.ChoiceField(label=gettext_lazy("Order"), choices=orders, required=False)
        data = self.request.GET.copy()
        data.setdefault(SORT, next(iter(self.sorts)))
        form: FilterForm = type("FilterForm", (FilterForm,), fields)(data, auto_id="filter-%s")
        return form

    def _sort(self) -> Sort:
        chosen = self.form.cleaned_data.get(SORT) or next(iter(self.sorts))
        return self.sorts[chosen]

    def _filtered(self, rows: QuerySet[M]) -> QuerySet[M]:
        for each in self.filters:
            value = self.form.cleaned_data.get(each.name)
            if value not in (None, "", []):
                rows = each.apply(rows, value)
        for word in self.form.cleaned_data.get(SEARCH, "").split():
            rows = rows.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in self.search)))
        return rows.order_by(*self.order)

    @cached_property
    def _window(self) -> tuple[list[M], bool, bool]:
        """The rows of this page, whether there are rows before them and whether there are rows after them."""
        after, before = self.request.GET.get(AFTER), self.request.GET.get(BEFORE)
        cursor = after or before
        if not cursor:
            rows = list(self.all_rows[: self.page_size + 1])
            return rows[: self.page_size], False, len(rows) > self.page_size
        order = self.order if after else _reversed(self.order)
        try:
            beyond = rows_beyond(self.all_rows, order, _decoded(cursor, len(order)))
            rows = list(beyond.order_by(*order)[: self.page_size + 1])
        except (ValueError, TypeError, ValidationError, OverflowError):
            rows = []  # an address that somebody changed leads to an empty page with the way to the first
        more = len(rows) > self.page_size
        rows = rows[: self.page_size]
        return (rows, True, more) if after else (rows[::-1], more, True)

    def _cursor(self, row: M) -> str:
        values = [_by_path(row, name.lstrip("-")) for name in self.order]
        text = json.dumps([v if isinstance(v, str | int | float | None) else str(v) for v in values])
        return base64.urlsafe_b64encode(text.encode()).decode()

    def _choices(self) -> dict[str, list[str]]:
        """What the reader has chosen, as in the address."""
        names = (*self.kept, *self.form.fields)
        return {name: self.request.GET.getlist(name) for name in names if self.request.GET.get(name)}

    def _url(self, parameters: Any) -> str:
        query = urlencode(parameters, doseq=True)
        return f"{self.request.path}?{query}" if query else self.request.path

    def _export_rows(self) -> Iterator[list[Value]]:
        for row in self.all_rows.iterator(chunk_size=exports.CHUNK):
            yield [column.of(row) for column in self.columns]


def rows_beyond(rows: QuerySet[M], order: Sequence[str], values: Sequence[Any]) -> QuerySet[M]:
    """The rows that come strictly after the one with these values in this order (keyset paging).

    PostgreSQL sorts NULL as the largest value: last when ascending, first when descending. The bound on the first
    field says nothing new; it lets the index of that order be used.
    """
    parts = [(name.lstrip("-"), name.startswith("-"), value) for name, value in zip(order, values, strict=True)]
    later = NOBODY
    equal: list[Q] = []
    for name, descending, value in parts:
        nullable = _is_nullable(rows.model, name)
        later |= reduce(and_, equal, _comes_later(name, descending, value, nullable))
        equal.append(Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value}))
    name, descending, value = parts[0]
    bound = _comes_later(name, descending, value, _is_nullable(rows.model, name)) | equal[0]
    return rows.filter(bound & later)


def _comes_later(name: str, descending: bool, value: Any, nullable: bool) -> Q:
    if value is None:
        return Q(**{f"{name}__isnull": False}) if descending else NOBODY
    later = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
    return later | Q(**{f"{name}__isnull": True}) if nullable and not descending else later


def _is_nullable(model: type[models.Model], path: str) -> bool:
    """Whether a value in the order may be missing; an annotation may."""
    nullable = False
    current: Any = model
    for name in path.split("__"):
        if name == "pk":
            return nullable
        try:
            field = current._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        nullable = nullable or field.null
        current = field.related_model
    return nullable


def _total_order(order: tuple[str, ...]) -> tuple[str, ...]:
    """The order with the primary key last, so that no two rows are alike."""
    if order[-1].lstrip("-") == "pk":
        return order
    return (*order, "-pk" if order[-1].startswith("-") else "pk")


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _by_path(row: models.Model, path: str) -> Any:
    found: Any = row
    for name in path.split("__"):
        found = getattr(found, name, None)
    return found


def _decoded(cursor: str, length: int) -> list[Any]:
    """The values in a cursor. Raises ValueError when it is not one of ours."""
    values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    fits = isinstance(values, list) and len(values) == length
    if not fits or any(isinstance(v, dict | list) or (isinstance(v, str) and "\0" in v) for v in values):
        raise ValueError("not a cursor of this list")
    return list(values)


def _cell(column: Column[M], row: M) -> Cell:
    value = column.of(row)
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Cell(str(column.label), _shown(value), column.link(row) if column.link else "", is_number)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return number_format(value, force_grouping=True)
    return in_words(value)


def in_words(value: object) -> str:
    """Yes or no, a moment in Copenhagen's time, or a date, as people read it; anything else as it is."""
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return date_format(value.astimezone(clock.COPENHAGEN), "SHORT_DATETIME_FORMAT")
        case date():
            return date_format(value, "SHORT_DATE_FORMAT")
        case _:
            return str(value)
