"""What can be imported from a table. Each room registers its own in importing.py, imported when the app is ready.

    register(Importer(kind="challenge", model=Challenge, label=_("Challenges"), fields=FIELDS, …))

A field reads one cell: its `parse` gets the cell's text and what the importer has `prepared`, and returns the value
or raises a Fault that says in plain words what is wrong and how to mend it. Faults keep their source string, so that
each reader sees them in her own language.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import clock

T = TypeVar("T")
Words = str | Promise
Parse = Callable[[str, Any], Any]

DATE_FORMATS = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")
EXCEL_EPOCH = date(1899, 12, 30)  # day 0 of Excel's numbered days, after its leap year error of 1900
EXCEL_DAYS = range(36_526, 73_051)  # 2000 to 2099
SEPARATORS = (r"[;|\n]", r"[;|\n,]")
MOST_SUGGESTIONS = 3
FEW_NAMES = 8
YES = ("ja", "yes", "sand", "true", "x", "1", "j", "y")
NO = ("nej", "no", "falsk", "false", "0", "n")


class Fault(Exception):
    """What is wrong with a cell, in plain words, or (`is_warning`) what is worth a second look."""

    def __init__(self, message: Words, *, is_warning: bool = False, **params: Any) -> None:
        with translation.override(None):
            self.message = str(message)
        self.params = params
        self.is_warning = is_warning
        super().__init__(self.message % params)


@dataclass(frozen=True)
class ImportField:
    """One thing that a column can hold; `synonyms` are headings by which municipalities call it."""

    name: str
    label: Words
    parse: Parse
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass
class ParsedRow:
    """The values of one row, those without a fault."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)


RowFault = tuple[ParsedRow, str, Fault]


@dataclass(frozen=True)
class Importer:
    """How one kind of thing is imported; `kind` is also its kind among the listings.

    `prepare(user, municipality)` reads once what all rows need. `check(rows, prepared, publish)` compares rows with
    each other and with what is here. `create(user, municipality, values, publish)` makes one; `path` is its page. What
    has drafts can be imported as drafts.
    """

    kind: str
    model: type[models.Model]
    label: Words
    fields: tuple[ImportField, ...]
    has_drafts: bool
    prepare: Callable[[Any, Any], Any]
    check: Callable[[Sequence[ParsedRow], Any, bool], Iterable[RowFault]]
    create: Callable[[Any, Any, Mapping[str, Any], bool], models.Model]
    path: Callable[[Any], str]

    def field(self, name: str) -> ImportField:
        return next(each for each in self.fields if each.name == name)


IMPORTERS: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make an importer known."""
    IMPORTERS[importer.kind] = importer


def folded(text: str) -> str:
    """Text as it is compared: without case, punctuation and doubled spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


def in_both_languages(words: Words) -> set[str]:
    """The words in each language of the product."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(words))
    return found


class Lookup(Generic[T]):
    """Things found by any of their names."""

    def __init__(self, named: Iterable[tuple[T, str, Iterable[str]]]) -> None:
        """`named` gives for each thing its name as shown in suggestions, and its other names."""
        self.by_name: dict[str, T] = {}
        self.shown: dict[str, str] = {}  # any name, folded -> the name that is shown
        for thing, name, others in named:
            for each in filter(None, (name, *others)):
                self.by_name.setdefault(folded(each), thing)
                self.shown.setdefault(folded(each), name)

    def get(self, text: str) -> T | None:
        return self.by_name.get(folded(text))

    def unknown(self, text: str) -> Fault:
        """The fault that says so, with the likest names, or with all of them where they are few."""
        near = get_close_matches(folded(text), self.shown, n=MOST_SUGGESTIONS, cutoff=0.6)
        if near:
            names = quoted(dict.fromkeys(self.shown[name] for name in near))
            return Fault(_("“%(text)s” is not known. Did you mean %(names)s?"), text=text, names=names)
        every = dict.fromkeys(self.shown.values())
        if 0 < len(every) <= FEW_NAMES:
            return Fault(_("“%(text)s” is not known. It can be %(names)s."), text=text, names=quoted(every))
        return Fault(
            _("“%(text)s” is not known. Write one of the names used here, or leave the cell empty."), text=text
        )


def quoted(names: Iterable[str]) -> str:
    """Names in the quotation marks of the reader's language, as they stand in a sentence."""
    return ", ".join(gettext("“%(text)s”") % {"text": name} for name in names)


def text(longest: int | None = None) -> Parse:
    """Words of at most `longest` characters."""

    def parse(cell: str, _prepared: Any) -> str:
        if longest and len(cell) > longest:
            raise Fault(
                _("This is %(length)s characters long; there is room for %(longest)s. Make it shorter."),
                length=len(cell),
                longest=longest,
            )
        return cell

    return parse


def day(*, not_past: bool = False) -> Parse:
    """A date as 24.12.2026, 24-12-2026, 24/12/2026, 2026-12-24 or Excel's number of a day."""

    def parse(cell: str, _prepared: Any) -> date:
        found = read_day(cell)
        if found is None:
            raise Fault(_("“%(text)s” is not a date. Write it as 24.12.2026."), text=cell)
        if not_past and found < clock.today():
            raise Fault(_("The date %(text)s has passed. Write a coming date, or leave the cell empty."), text=cell)
        return found

    return parse


def read_day(cell: str) -> date | None:
    if cell.isascii() and cell.isdigit():
        return EXCEL_EPOCH + timedelta(days=int(cell)) if int(cell) in EXCEL_DAYS else None
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(cell, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def whole_number(most: int) -> Parse:
    """A number from 0 to `most`; thousands may be parted by points, as Danes write them."""

    def parse(cell: str, _prepared: Any) -> int:
        plain = cell.replace(" ", "")
        if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
            plain = plain.replace(".", "")
        if not re.fullmatch(r"[0-9]{1,12}", plain):
            raise Fault(_("“%(text)s” is not a whole number. Write digits only, such as 12."), text=cell)
        if int(plain) > most:
            raise Fault(_("%(text)s is too large a number: at most %(most)s."), text=cell, most=most)
        return int(plain)

    return parse


def email(cell: str, _prepared: Any) -> str:
    """One e-mail address."""
    try:
        validate_email(cell)
    except ValidationError as fault:
        raise Fault(_("“%(text)s” is not an e-mail address. It looks like anna@example.dk."), text=cell) from fault
    return cell


def web_address(cell: str, _prepared: Any) -> str:
    """A web address; https:// is added where it lacks a beginning."""
    address = cell if "://" in cell else f"https://{cell}"
    try:
        URLValidator(["http", "https"])(address)
    except ValidationError as fault:
        raise Fault(_("“%(text)s” is not a web address. It looks like www.example.dk."), text=cell) from fault
    return address


def yes_no(cell: str, _prepared: Any) -> bool:
    """Yes or no, in Danish or English, or a cross."""
    if folded(cell) in YES:
        return True
    if folded(cell) in NO:
        return False
    raise Fault(_("“%(text)s” is neither yes nor no. Write “ja” or “nej”."), text=cell)


Choices = Sequence[tuple[Any, Any]]
OtherNames = Mapping[Any, Iterable[str]]


def choice(choices: Choices, others: OtherNames | None = None) -> Parse:
    """One of the choices, by its name in either language or by `others`, further names of each value."""
    lookup = _choices_lookup(choices, others or {})

    def parse(cell: str, _prepared: Any) -> str:
        found = lookup().get(cell)
        if found is None:
            raise lookup().unknown(cell)
        return found

    return parse


def several_choices(choices: Choices, others: OtherNames | None = None) -> Parse:
    """Several of the choices, parted by comma, semicolon or line break."""
    lookup = _choices_lookup(choices, others or {})
    return lambda cell, _prepared: find_several(cell, lookup())


def _choices_lookup(choices: Choices, others: OtherNames) -> Callable[[], Lookup[str]]:
    """The choices by name, made when first asked for in each language: translations come after the modules."""
    made: dict[str | None, Lookup[str]] = {}

    def lookup() -> Lookup[str]:
        language = translation.get_language()
        if language not in made:
            made[language] = Lookup(
                (value, str(label), [*in_both_languages(label), value, *others.get(value, ())])
                for value, label in choices
            )
        return made[language]

    return lookup


def one_of(name: str) -> Parse:
    """One of the things in the lookup `name` of what the importer has prepared."""

    def parse(cell: str, prepared: Any) -> Any:
        lookup: Lookup[Any] = getattr(prepared, name)
        found = lookup.get(cell)
        if found is None:
            raise lookup.unknown(cell)
        return found

    return parse


def several_of(name: str) -> Parse:
    """Several of the things in the lookup `name`, parted by comma, semicolon or line break."""
    return lambda cell, prepared: find_several(cell, getattr(prepared, name))


def find_several(cell: str, lookup: Lookup[T]) -> list[T]:
    """All things named in the cell, whose names may themselves hold commas. Raises Fault for the first unknown one."""
    parts = [cell]
    for separator in SEPARATORS:
        if all(lookup.get(part) is not None for part in parts):
            break
        parts = [part.strip() for part in re.split(separator, cell) if part.strip()]
    found = []
    for part in parts:
        thing = lookup.get(part)
        if thing is None:
            raise lookup.unknown(part)
        if thing not in found:
            found.append(thing)
    return found


def repeated(
    rows: Sequence[ParsedRow], name: str, key: Callable[[Any], Hashable], message: Words
) -> Iterator[RowFault]:
    """A fault for each row whose `name` an earlier row has too; `message` tells of `text` and the earlier `row`."""
    first: dict[Hashable, int] = {}
    for row in rows:
        value = row.values.get(name)
        if value in (None, ""):
            continue
        earlier = first.setdefault(key(value), row.number)
        if earlier != row.number:
            yield row, name, Fault(message, text=value, row=earlier)


def alike(rows: Sequence[ParsedRow], name: str, existing: Iterable[str], message: Words) -> Iterator[RowFault]:
    """A warning for each row whose `name` has most of its words in common with one that is here (Jaccard 0.6)."""
    known = {text: set(folded(text).split()) for text in existing}
    having: dict[str, set[str]] = {}
    for text_, words in known.items():
        for word in words:
            having.setdefault(word, set()).add(text_)
    for row in rows:
        words = set(folded(str(row.values.get(name, ""))).split())
        near = {text_ for word in words for text_ in having.get(word, ())}
        likest = max(near, key=lambda text_: (_overlap(words, known[text_]), text_), default=None)
        if likest is not None and _overlap(words, known[likest]) >= 0.6:
            yield row, name, Fault(message, is_warning=True, text=likest)


def _overlap(some: set[str], others: set[str]) -> float:
    return len(some & others) / len(some | others)
