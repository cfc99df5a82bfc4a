"""Facets: what a list can be narrowed by, and how many listings each choice would leave."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..codes import EVERYWHERE
from ..registry import kinds
from .scope import Group

MOST_CHOSEN = 20
"""So many choices of one facet are read from an address."""
LONGEST_VALUE = 18


@dataclass(frozen=True)
class Facet:
    """One thing to narrow by: the family of its codes, its name in addresses, and its label."""

    family: str
    parameter: str
    label: str | Promise
    numbered: bool = True  # values are primary keys, otherwise words

    def accepts(self, value: str) -> bool:
        if not value.isascii() or len(value) > LONGEST_VALUE:
            return False
        return value.isdigit() if self.numbered else value.replace("_", "").isalpha()

    def group(self, values: Iterable[str]) -> Group:
        """The codes of which one must be there when these values are chosen."""
        codes = [f"{self.family}:{value}" for value in values]
        return [*codes, EVERYWHERE] if self.family == "in" else codes


FACETS = (
    Facet("kind", "slags", _("Kind"), numbered=False),
    Facet("theme", "tema", _("Theme")),
    Facet("for", "maalgruppe", _("Target group")),
    Facet("in", "kommune", _("Municipality")),
    Facet("district", "bydel", _("District")),
    Facet("department", "forvaltning", _("Department")),
    Facet("state", "status", _("Status"), numbered=False),
    Facet("stage", "trin", _("Stage"), numbered=False),
    Facet("capacity", "kapacitet", _("Room at present"), numbered=False),
    Facet("goal", "verdensmaal", _("UN goal")),
    Facet("organisation", "organisation", _("Organisation")),
)
BY_FAMILY = {facet.family: facet for facet in FACETS}
UNCOUNTED = "organisation"
"""Can be chosen by a link, but is not offered as a list of choices."""

Selection = Mapping[str, tuple[str, ...]]
"""The chosen values by family."""


def read_selection(query: QueryDict, families: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What an address chooses, without anything that makes no sense."""
    chosen = {}
    for family in families:
        facet = BY_FAMILY[family]
        values = [value for value in dict.fromkeys(query.getlist(facet.parameter)) if facet.accepts(value)]
        if values:
            chosen[family] = tuple(values[:MOST_CHOSEN])
    return chosen


def groups_of(selection: Selection) -> dict[str, Group]:
    """The group of codes that each family's choice demands."""
    return {family: BY_FAMILY[family].group(values) for family, values in selection.items()}


@dataclass(frozen=True)
class Counts:
    """How many listings meet everything, and how many each code would leave with the other facets' choices."""

    total: int
    by_code: Mapping[str, int]


def count_rows(rows: Iterable[frozenset[str]], chosen: Mapping[str, Group]) -> Counts:
    """Count listings by their codes. A listing that only one facet excludes counts within that facet."""
    demanded = {family: frozenset(group) for family, group in chosen.items()}
    met: list[frozenset[str]] = []
    beside: list[str] = []
    for codes in rows:
        missing = [family for family, group in demanded.items() if group.isdisjoint(codes)]
        if not missing:
            met.append(codes)
        elif len(missing) == 1:
            beside += [code for code in codes if code.startswith(f"{missing[0]}:")]
    return Counts(len(met), Counter(chain(beside, chain.from_iterable(met))))


def meets(codes: frozenset[str], chosen: Iterable[Group]) -> bool:
    """Whether a listing has one code of each group."""
    return not any(codes.isdisjoint(group) for group in chosen)


class Words:
    """The words for the values of facets in the reader's language, read with one statement."""

    def __init__(self, values: Mapping[str, Iterable[str]]) -> None:
        """The words for these values of each family."""
        self._names: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        numbers = {family: [int(one) for one in values[family] if one.isdigit()] for family in SOURCES.keys() & values}
        wanted = {family: found for family, found in numbers.items() if found}
        if not wanted:
            return
        families = sorted(wanted)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(SOURCES[f] for f in families), [wanted[f] for f in families])
            rows = cursor.fetchall()
        in_english = get_language() == "en"
        for family, value, name, english, key, english_key in rows:
            self._names[family][value] = (english, english_key) if english and in_english else (name, key)

    def of(self, family: str, value: str) -> str | None:
        """The word for a value, or None when there is no such thing."""
        return next((word for _value, word in self.in_order(family, [value])), None)

    def in_order(self, family: str, values: Iterable[str]) -> list[tuple[str, str]]:
        """The values that there are, with their words, in the order that their kind or the alphabet gives."""
        if BY_FAMILY[family].numbered:
            names = self._names[family]
            return [
                (value, names[value][0])
                for value in sorted((one for one in values if one in names), key=lambda one: (names[one][1], one))
            ]
        chosen = set(values)
        return [(value, str(word)) for value, word in _vocabulary(family).items() if value in chosen]


def _vocabulary(family: str) -> Mapping[str, str | Promise]:
    """The words for a family's values in all kinds, in the order that the kinds give."""
    if family == "kind":
        return {kind.key: kind.plural for kind in sorted(kinds(), key=lambda kind: kind.key)}
    found: dict[str, str | Promise] = {}
    for kind in kinds():
        vocabulary = {"state": kind.states, "stage": kind.stages, "capacity": kind.capacities}[family]
        found |= {value: word for value, word in vocabulary.items() if value not in found}
    return found


NAMED = (
    "SELECT '{family}', id::text, name, {english}, sort_key, lower({english}) FROM {table} WHERE id = ANY(%s::bigint[])"
)
SOURCES: Mapping[str, str] = {
    "theme": NAMED.format(family="theme", english="name_en", table="topics_theme"),
    "for": NAMED.format(family="for", english="name_en", table="topics_targetgroup"),
    "in": NAMED.format(family="in", english="name_en", table="areas_municipality") + " AND open",
    "district": NAMED.format(family="district", english="''", table="areas_district"),
    "department": NAMED.format(family="department", english="name_en", table="areas_department"),
    "organisation": NAMED.format(family="organisation", english="''", table="organisations_organisation"),
    "goal": "SELECT 'goal', number::text, number || '. ' || name_da, number || '. ' || name_en,"
    " lpad(number::text, 2, '0'), lpad(number::text, 2, '0') FROM topics_goal WHERE number = ANY(%s::bigint[])",
}
"""Where the names of numbered values come from: rows of family, value, Danish and English, and what each is sorted by."""
