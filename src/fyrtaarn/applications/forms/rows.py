"""Rows within a form: each is a few fields, empty ones wait at the end, and what is emptied goes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_DIGITS = 3


@dataclass(frozen=True)
class RowKind:
    """One kind of rows: `title` stands above all rows, `legend` with a number above each.

    `fields` makes a row's fields anew, `telling` are those by which a row counts as filled.

    `needed` are those that a filled row must have. `spare` empty rows wait at the end, `most` is the greatest number.
    """

    name: str
    title: str | Promise
    legend: str | Promise
    fields: Callable[[], Mapping[str, forms.Field]]
    telling: Sequence[str]
    needed: Sequence[str] = ()
    spare: int = 2
    most: int = 30


@dataclass(frozen=True)
class Row:
    """One row on the page."""

    legend: str
    fields: list[BoundField]


@dataclass(frozen=True)
class Rows:
    """All rows of a kind on the page."""

    kind: RowKind
    rows: list[Row]

    @property
    def name(self) -> str:
        return self.kind.name


class RowsForm(forms.BaseForm):
    """A form with rows; `stored_rows` gives what stands there now. Call `add_rows` last in __init__."""

    kinds: Sequence[RowKind] = ()
    is_bound: bool

    def stored_rows(self, name: str) -> list[dict[str, Any]]:
        """What the rows of one kind say now, by field."""
        raise NotImplementedError

    def add_rows(self, counts: Mapping[str, int]) -> None:
        """Add the fields of as many rows as are stored or sent, or as many as `counts` says, and the empty ones."""
        self.counts: dict[str, int] = {}
        for kind in self.kinds:
            stored = self.stored_rows(kind.name)
            shown = max(len(stored) + kind.spare, self._sent(kind.name), counts.get(kind.name, 0), 1)
            self.counts[kind.name] = max(min(shown, kind.most), len(stored))
            for index in range(self.counts[kind.name]):
                for name, field in kind.fields().items():
                    field.required = False
                    key = f"{kind.name}-{index}-{name}"
                    self.fields[key] = field
                    if index < len(stored):
                        self.initial[key] = stored[index][name]

    def _sent(self, name: str) -> int:
        """How many rows have been sent; what somebody has made up counts no further than any list goes."""
        pattern = re.compile(rf"^{name}-([0-9]{{1,{MOST_DIGITS}}})-")
        numbers = [int(found[1]) for key in (self.data or {}) if (found := pattern.match(key))]
        return max(numbers, default=-1) + 1

    def clean_rows(self) -> None:
        """Demand what a filled row must have. Call it in `clean`."""
        for kind in self.kinds:
            for index in range(self.counts[kind.name]):
                if self._is_filled(kind, index):
                    for name in kind.needed:
                        key = f"{kind.name}-{index}-{name}"
                        if self.cleaned_data.get(key) in (None, "") and key not in self.errors:
                            self.add_error(key, _("Write this too, or empty the line."))

    def _is_filled(self, kind: RowKind, index: int) -> bool:
        keys = [f"{kind.name}-{index}-{name}" for name in kind.telling]
        return any(key in self.errors or self.cleaned_data.get(key) not in (None, "") for key in keys)

    def row_values(self) -> dict[str, list[dict[str, Any]]]:
        """The filled rows of each kind, for an action."""
        return {
            kind.name: [
                {name: self.cleaned_data[f"{kind.name}-{index}-{name}"] for name in kind.fields()}
                for index in range(self.counts[kind.name])
                if self._is_filled(kind, index)
            ]
            for kind in self.kinds
        }

    @property
    def row_groups(self) -> list[Rows]:
        """The rows for the page."""
        return [
            Rows(
                kind,
                [
                    Row(
                        f"{kind.legend} {index + 1}",
                        [self[f"{kind.name}-{index}-{name}"] for name in kind.fields()],
                    )
                    for index in range(self.counts[kind.name])
                ],
            )
            for kind in self.kinds
        ]

    @property
    def row_keys(self) -> set[str]:
        """The names of all fields of rows."""
        return {
            f"{kind.name}-{index}-{name}"
            for kind in self.kinds
            for index in range(self.counts[kind.name])
            for name in kind.fields()
        }
