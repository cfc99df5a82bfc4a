"""JSON in and out: numbers kept exact, and a fault that names its field."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

MOST_DIGITS = 30
"""On either side of the point: more is a slip of the keyboard, or meant to tire the machine."""
NUMBER = re.compile(rf"[+-]?\d{{1,{MOST_DIGITS}}}(\.\d{{1,{MOST_DIGITS}}})?")
ALIKE = 0.8
"""How alike an unknown name and a known one must be to be taken for a misspelling, from 0 to 1."""


class InputError(ValueError):
    """What is wrong in an input, beginning with the field's place: `outcomes[2].deadweight: …`."""


class Fields:
    """One object of the input, read field by field; names that nobody asked for are carried over as `notes`."""

    def __init__(self, values: object, path: str = "") -> None:
        if not isinstance(values, Mapping):
            raise InputError(f"{path or 'the file'}: expected an object {{…}}")
        self._values: Mapping[str, Any] = values
        self._path = path
        self._asked: set[str] = set()

    def fault(self, name: str, what: str) -> InputError:
        """The error for a field, to be raised."""
        return InputError(f"{self.place(name)}: {what}")

    def place(self, name: str) -> str:
        """Where a field stands in the file."""
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        self._asked.add(name)
        return self._values.get(name) is not None

    def _value(self, name: str, default: object) -> Any:
        if self.has(name):
            return self._values[name]
        if default is None:
            raise self.fault(name, "is missing")
        return default

    def text(self, name: str, default: str | None = None) -> str:
        """A text; a number is taken as one."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise self.fault(name, "expected a text")
        return str(value)

    def one_of(self, name: str, words: Sequence[str], default: str | None = None) -> str:
        """One of some words."""
        value = self.text(name, default)
        if value not in words:
            raise self.fault(name, f"is {value!r}, expected one of: {', '.join(words)}")
        return value

    def truth(self, name: str, default: bool | None = None) -> bool:
        """true or false."""
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self.fault(name, "expected true or false")
        return value

    def number(
        self, name: str, default: Fraction | int | None = None, *, least: int | None = None, most: int | None = None
    ) -> Fraction:
        """An exact number, written as a JSON number or as a text with a decimal point."""
        return self._within(name, self._exact(name, self._value(name, default)), least, most)

    def share(self, name: str, default: int | None = None) -> Fraction:
        """A number from 0 to 1."""
        value = self.number(name, default)
        if not 0 <= value <= 1:
            hint = "; write 5 per cent as 0.05" if 1 < value <= 100 else ""
            raise self.fault(name, f"is {plain(value)}, must lie between 0 and 1{hint}")
        return value

    def whole(self, name: str, default: int | None = None, *, least: int | None = None, most: int | None = None) -> int:
        """A whole number."""
        value = self.number(name, default, least=least, most=most)
        if value.denominator != 1:
            raise self.fault(name, f"is {plain(value)}, expected a whole number")
        return value.numerator

    def numbers(self, name: str, *, least: int | None = None, most: int | None = None) -> tuple[Fraction, ...]:
        """A list of at least one exact number."""
        values = self._list(name, None)
        if not values:
            raise self.fault(name, "is empty")
        places = [f"{name}[{place}]" for place in range(len(values))]
        return tuple(
            self._within(place, self._exact(place, value), least, most)
            for place, value in zip(places, values, strict=True)
        )

    def fields(self, name: str, default: Mapping[str, object] | None = None) -> "Fields":
        """An object within this one."""
        return Fields(self._value(name, default), self.place(name))

    def rows(self, name: str, default: Sequence[object] | None = None) -> "list[Fields]":
        """A list of objects."""
        return [Fields(row, f"{self.place(name)}[{n}]") for n, row in enumerate(self._list(name, default))]

    def names(self) -> tuple[str, ...]:
        """The names of all fields that are there."""
        return tuple(self._values)

    def named(self) -> "Iterator[tuple[str, Fields]]":
        """All the objects within this one by their names."""
        for name in self.names():
            yield name, self.fields(name)

    def notes(self) -> dict[str, Any]:
        """What the calculation does not use. Raises InputError for a name that looks like a misspelt one."""
        unknown = {name: value for name, value in self._values.items() if name not in self._asked}
        for name in unknown:
            near = get_close_matches(name, self._asked, n=1, cutoff=ALIKE)
            if near:
                raise self.fault(name, f"is not known; is {near[0]} meant?")
        return unknown

    def _list(self, name: str, default: Sequence[object] | None) -> Sequence[object]:
        value = self._value(name, default)
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self.fault(name, "expected a list […]")
        return value

    def _exact(self, name: str, value: object) -> Fraction:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal | Fraction):
            raise self.fault(name, "expected a number")
        if isinstance(value, Fraction):
            return value
        text = value.strip() if isinstance(value, str) else f"{value:f}" if _is_handy(value) else str(value)
        if not NUMBER.fullmatch(text):
            shown = text if len(text) <= MOST_DIGITS else f"{text[:MOST_DIGITS]}…"
            raise self.fault(name, f"{shown!r} is no number; write it like 1234.50")
        return Fraction(text)

    def _within(self, name: str, value: Fraction, least: int | None, most: int | None) -> Fraction:
        if least is not None and value < least:
            raise self.fault(name, f"is {plain(value)}, must be at least {least}")
        if most is not None and value > most:
            raise self.fault(name, f"is {plain(value)}, must be at most {most}")
        return value


def _is_handy(value: int | Decimal) -> bool:
    """Whether a number can be written out without an exponent of any length."""
    return isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= MOST_DIGITS


def read_file(path: Path) -> Fields:
    """The object in a JSON file. Raises InputError where there is none that can be read."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "not written in UTF-8"
        raise InputError(f"{path}: {said}") from error
    try:
        values = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: no JSON, line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise InputError(f"{path}: nested too deeply") from error
    except InputError:
        raise
    except ValueError as error:  # a whole number of thousands of digits
        raise InputError(f"{path}: {error}") from error
    return Fields(values)


def _refuse(word: str) -> object:
    raise InputError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _value in pairs]
        raise InputError(f"{next(name for name in names if names.count(name) > 1)}: is there twice in one object")
    return values


def write(result: Mapping[str, object]) -> str:
    """A result as JSON with its Danish letters as they are."""
    return json.dumps(result, ensure_ascii=False, indent=1, default=_as_text, allow_nan=False)


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} has no form in JSON")


def rounded(value: Fraction, places: int = 2) -> str:
    """A number with so many decimals, half away from nought, as money is rounded in daily life."""
    whole = floor(abs(value) * 10**places + Fraction(1, 2))
    sign = "-" if value < 0 and whole else ""
    digits = str(whole).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def amount(value: Fraction) -> str:
    """An amount as it was given: in full, with at least two decimals."""
    return rounded(value) if (value * 100).denominator == 1 else plain(value)


def money(values: Iterable[Fraction]) -> list[str]:
    """Amounts with two decimals."""
    return [rounded(value) for value in values]


def plain(value: Fraction) -> str:
    """A number in full where its decimals end, else with twelve of them."""
    for places in range(MOST_DIGITS + 1):
        if (value * 10**places).denominator == 1:
            return rounded(value, places)
    return rounded(value, 12)
