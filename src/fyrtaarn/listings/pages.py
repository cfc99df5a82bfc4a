"""An overview page: what an address asks for, and everything that the page shows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fyrtaarn.areas.models import Municipality
from fyrtaarn.engine.matching import Document
from fyrtaarn.vocabulary import asked

from .codes import EVERYBODY, EVERYWHERE, seeing
from .rows import row
from .search import Facet, Results, Scope, Selection, search
from .search.facets import BY_FAMILY, UNCOUNTED, Words, read_selection
from .search.listed import NAME, NEWEST
from .search.reading import MOST_FOUND
from .search.results import FIT, PAGE

QUESTION, SORT, AFTER, BEFORE, FORMAT = "q", "sortering", "efter", "foer", "format"
LONGEST_QUESTION = 400
SORTS = {"bedst": FIT, "nyeste": NEWEST, "navn": NAME}
SORT_LABELS = {
    "bedst": gettext_lazy("Best fit first"),
    "nyeste": gettext_lazy("Newest first"),
    "navn": gettext_lazy("By name"),
}


@dataclass(frozen=True)
class Overview:
    """One sort of overview page: the listings of some kinds (none: all)."""

    name: str  # of its address
    kinds: tuple[str, ...]
    title: str | Promise
    lead: str | Promise
    families: tuple[str, ...]  # of its facets, in order


CHALLENGES = Overview(
    "challenges",
    ("challenge",),
    gettext_lazy("Challenges"),
    gettext_lazy("What municipalities look for. Find one where you can make a difference, and say so."),
    ("theme", "for", "in", "district", "department", "state", "goal", "organisation"),
)
SOLUTIONS = Overview(
    "solutions",
    ("solution",),
    gettext_lazy("Solutions"),
    gettext_lazy("What social enterprises and others offer. Describe your need in your own words."),
    ("theme", "for", "in", "district", "stage", "capacity", "goal", "organisation"),
)
ORGANISATIONS = Overview(
    "organisations",
    ("organisation",),
    gettext_lazy("Organisations"),
    gettext_lazy("Social enterprises, associations and others who want to make a difference."),
    ("theme", "for", "in", "district", "goal"),
)
EVERYTHING = Overview(
    "search",
    (),
    gettext_lazy("Search"),
    gettext_lazy("Search across challenges, solutions and organisations. Write it as you would say it."),
    ("kind", "theme", "for", "in", "district", "department", "state", "stage", "goal", "organisation"),
)
OVERVIEWS = {one.name: one for one in (CHALLENGES, SOLUTIONS, ORGANISATIONS, EVERYTHING)}


@dataclass(frozen=True)
class Option:
    """One choice of a facet."""

    value: str
    label: str
    count: int
    chosen: bool
    id: str


@dataclass(frozen=True)
class FacetView:
    """A facet with the choices that would leave something."""

    facet: Facet
    options: list[Option]

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)

    @property
    def choices(self) -> SafeString:
        """The choices as list items, written here because a page has a hundred of them."""
        name = self.facet.parameter
        return mark_safe(  # noqa: S308 - labels are escaped; values are numbers and names that Facet.accepts
            "".join(
                f'<li class="form-group-checkbox"><input class="form-checkbox" type="checkbox" id="{one.id}"'
                f' name="{name}" value="{one.value}"{" checked" if one.chosen else ""}>'
                f'<label for="{one.id}">{escape(one.label)} <span class="facet-count">({one.count})</span></label></li>'
                for one in self.options
            )
        )


@dataclass(frozen=True)
class Removable:
    """A choice in force, with the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Pages:
    """The neighbouring pages' addresses."""

    next_url: str
    previous_url: str
    summary: str = ""


class OverviewPage:
    """What one address of an overview shows to one reader.

    Nothing in an address is trusted: what cannot be read is left out.
    """

    def __init__(
        self, request: HttpRequest, overview: Overview, municipality: Municipality | None, *, public: bool = False
    ) -> None:
        self.overview = overview
        self.municipality = municipality
        self.path = request.path
        self.query = request.GET
        self.question = clean_question(request.GET.get(QUESTION, ""))
        elsewhere = ("district", "department") if municipality is None else ("in",)
        self.families = [family for family in overview.families if family not in elsewhere]
        self.selection: Selection = read_selection(request.GET, self.families)
        sort = request.GET.get(SORT, "")
        self.sort = sort if sort in self.sorts else self.sorts[0]
        seen_through = (EVERYBODY,) if public else seeing(request.user)
        self.scope = Scope(seen_through, overview.kinds, "", municipality.pk if municipality else None)

    @property
    def counted_families(self) -> list[str]:
        """The families that the page offers as facets."""
        return [family for family in self.families if family != UNCOUNTED]

    @property
    def sorts(self) -> list[str]:
        """The names of the orders that make sense, the usual one first."""
        return ["bedst", "nyeste", "navn"] if self.question else ["nyeste", "navn"]

    @property
    def sort_choices(self) -> list[tuple[str, str | Promise, bool]]:
        return [(name, SORT_LABELS[name], name == self.sort) for name in self.sorts]

    def results_of(self, **paging: Any) -> Results:
        place = str(self.municipality.pk) if self.municipality else ""
        return search(
            self.scope,
            question=Document("", title=self.question, municipality=place) if self.question else None,
            selection=self.selection,
            families=self.counted_families,
            sort=SORTS[self.sort],
            **paging,
        )

    @cached_property
    def results(self) -> Results:
        return self.results_of(after=self.query.get(AFTER, ""), before=self.query.get(BEFORE, ""))

    @cached_property
    def words(self) -> Words:
        shown = {family: {*counts, *self.selection.get(family, ())} for family, counts in self._counts.items()}
        return Words({**self.selection, **shown})

    @cached_property
    def facets(self) -> list[FacetView]:
        """The facets with more than one choice, or with a choice in force."""
        views = [FacetView(BY_FAMILY[family], self._options(family)) for family in self.counted_families]
        return [view for view in views if len(view.options) > 1 or view.chosen]

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        """How many listings each value of each family would leave, where it is more than none."""
        counts: dict[str, dict[str, int]] = {family: {} for family in self.counted_families}
        for code, count in self.results.counts.by_code.items():
            family, _colon, value = code.partition(":")
            if count and family in counts:
                counts[family][value] = count
        return counts

    def _options(self, family: str) -> list[Option]:
        counts = self._counts[family]
        everywhere = counts.get(EVERYWHERE.partition(":")[2], 0) if family == "in" else 0
        chosen = self.selection.get(family, ())
        return [
            Option(value, label, counts.get(value, 0) + everywhere, value in chosen, f"{family}-{value}")
            for value, label in self.words.in_order(family, {*counts, *chosen})
        ]

    def _chosen(self) -> Iterator[tuple[str, str]]:
        for family, values in self.selection.items():
            for value in values:
                yield family, value

    @cached_property
    def removables(self) -> list[Removable]:
        """Each choice in force."""
        found = []
        for family, value in self._chosen():
            label = f"{BY_FAMILY[family].label}: {self.words.of(family, value) or _('unknown')}"
            found.append(Removable(label, self.url(self._state(leave_out=(family, value)))))
        return found

    def _state(self, leave_out: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """The address's parameters, paging aside."""
        state = [(QUESTION, self.question)] if self.question else []
        state += [(BY_FAMILY[f].parameter, v) for f, v in self._chosen() if (f, v) != leave_out]
        if self.sort != self.sorts[0]:
            state.append((SORT, self.sort))
        return state

    def url(self, parameters: Sequence[tuple[str, str]], path: str = "") -> str:
        return f"{path or self.path}?{urlencode(parameters)}" if parameters else path or self.path

    @property
    def query_state(self) -> list[tuple[str, str]]:
        """The address's parameters, paging and what holds for one municipality alone aside."""
        local = {BY_FAMILY["district"].parameter, BY_FAMILY["department"].parameter}
        return [(name, value) for name, value in self._state() if name not in local]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box must carry along: everything but the question."""
        return [(name, value) for name, value in self._state() if name != QUESTION]

    @property
    def unsorted(self) -> list[tuple[str, str]]:
        """What the form of sorting must carry along."""
        return [(name, value) for name, value in self._state() if name != SORT]

    @property
    def suggestion_values(self) -> str:
        """The kinds among which suggestions are sought, as htmx sends them."""
        return json.dumps({"slags": list(self.overview.kinds)})

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form of facets must carry along: the question, and choices that no facet shows."""
        shown = {view.facet.parameter for view in self.facets}
        return [(name, value) for name, value in self._state() if name not in {*shown, SORT}]

    @property
    def unfiltered_url(self) -> str:
        return self.url([(name, value) for name, value in self._state() if name == QUESTION])

    @property
    def feed_url(self) -> str:
        return self.url([*(p for p in self._state() if p[0] != SORT), (FORMAT, "atom")])

    @property
    def export_urls(self) -> dict[str, str]:
        return {kind: self.url([*self._state(), (FORMAT, kind)]) for kind in ("xlsx", "csv")}

    @property
    def search_string(self) -> str:
        """The search as it is kept when somebody saves it."""
        return urlencode(self._state())

    @property
    def suggested_name(self) -> str:
        """A name for the search when it is saved."""
        chosen = [self.words.of(*choice) or "" for choice in self._chosen()]
        place = self.municipality.label if self.municipality else ""
        parts = [self.question[:60] or str(self.overview.title), *chosen[:3], place]
        return ", ".join(part for part in parts if part)[:120]

    @property
    def total(self) -> str:
        """How much was found, in words."""
        count = self.results.counts.total
        if self.results.full:
            return _("The %(count)d that fit best") % {"count": MOST_FOUND}
        return ngettext("%(count)s found", "%(count)s found", count) % {
            "count": number_format(count, force_grouping=True)
        }

    @cached_property
    def pages(self) -> Pages | None:
        """The pages around this one, or None when all is shown."""
        results = self.results
        if not (results.after or results.before):
            return None
        before = AFTER if self.question else BEFORE  # answers to a question are paged by number
        return Pages(
            self.url([*self._state(), (AFTER, results.after)]) if results.after else "",
            self.url([*self._state(), (before, results.before)]) if results.before else "",
        )

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The hits on the map: where they are, or else the middle of their district."""
        points = []
        for hit in self.results.hits:
            listing: Any = hit.listing
            latitude, longitude = listing.latitude, listing.longitude
            if latitude is None or longitude is None:
                latitude, longitude = listing.centre or (None, None)
            if latitude is not None and longitude is not None:
                points.append(
                    {"lat": float(latitude), "lon": float(longitude), "title": listing.title, "url": listing.path}
                )
        return points

    @property
    def asked(self) -> str:
        """What the page carries so that it can tell what came of the question, without who asked."""
        before = PAGE * int(self.query[AFTER]) if self.results.before else 0
        return asked.token(
            self.question,
            self.municipality.pk if self.municipality else None,
            nothing=not self.results.hits,
            start=before,
            counts=not (before or self.selection or self.sort != self.sorts[0]),
        )

    @property
    def rows(self) -> list[SafeString]:
        return [row(hit, all_kinds=not self.overview.kinds) for hit in self.results.hits]


def overview_of(kind: str) -> Overview:
    """The overview page of a kind; "" and kinds without a page of their own are on the page of everything."""
    return next((one for one in OVERVIEWS.values() if one.kinds == (kind,)), EVERYTHING)


def address_of(kind: str, municipality: Municipality | None, question: str, selection: Selection) -> str:
    """The address of a search."""
    name = overview_of(kind).name
    path = (
        reverse(f"listings:municipal-{name}", args=(municipality.slug,))
        if municipality
        else reverse(f"listings:{name}")
    )
    parameters = [(QUESTION, question)] if question else []
    parameters += [(BY_FAMILY[family].parameter, value) for family, values in selection.items() for value in values]
    return f"{path}?{urlencode(parameters)}" if parameters else path


def clean_question(text: str) -> str:
    """What a person asked, without letters that no database takes, and not too long."""
    return " ".join(text.replace("\x00", " ").split())[:LONGEST_QUESTION]


def saved_parameters(
    search_string: str, overview: Overview, municipality: Municipality | None
) -> tuple[str, Selection]:
    """The question and choices of a search string that a form has sent back."""
    query = QueryDict(search_string[:4000])
    elsewhere = ("district", "department") if municipality is None else ("in",)
    families = [family for family in overview.families if family not in elsewhere]
    return clean_question(query.get(QUESTION, "")), read_selection(query, families)
