"""One page of results: with a question the best fits with their reasons, without one the newest that are confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fyrtaarn.engine.matching import Document, Match, Plan, explain, marks, speak_against
from fyrtaarn.vocabulary.current import for_questions

from ..models import Listing
from .asking import Found, ask, matches_of_each
from .counting import count_all
from .facets import UNCOUNTED, Counts, Selection, count_rows, groups_of, meets
from .listed import NAME, NEWEST, read_listings, read_page
from .question import Question
from .scope import Group, Scope, in_groups

PAGE = 20
LONGEST_QUESTION = 400
SNIPPET = 260
"""Letters of a listing's text that a list shows."""
BEFORE_MARK = 60
"""Letters that it shows before a marked word far into the text."""

FIT = "fit"


@dataclass(frozen=True)
class Hit:
    """A listing in a list; `match` is there when something was asked, `typed` when a person typed it."""

    listing: Listing
    match: Match | None = None
    typed: bool = False

    @property
    def title(self) -> SafeString:
        """The title with the words marked that made it match."""
        return marked(self.listing.title, self.match, self.listing.language)

    @property
    def snippet(self) -> SafeString:
        """The part of the text around the first such word, or its beginning."""
        return snippet(self.listing.text, self.match, self.listing.language)

    @property
    def reasons(self) -> list[str]:
        return explain(self.match, get_language() or "da", for_questions(), typed=self.typed) if self.match else []

    @property
    def against(self) -> list[str]:
        return speak_against(self.match, get_language() or "da") if self.match else []


@dataclass(frozen=True)
class Results:
    """A page of hits. `after` and `before` name the neighbouring pages in addresses, empty where there is none."""

    hits: list[Hit]
    counts: Counts
    after: str = ""
    before: str = ""
    full: bool = False  # only the MOST_FOUND best are listed
    corrected: tuple[tuple[str, str], ...] = field(default=())


def search(
    scope: Scope,
    *,
    question: Document | None = None,
    selection: Selection | None = None,
    families: Sequence[str] = (),
    sort: str = FIT,
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> Results:
    """One page of what a reader may find in the scope.

    With a question best fits first (or newest or by name among them), else newest first or by name. `families` are
    counted. `after` and `before` come from an earlier page; what cannot be read as such means the first page.
    """
    chosen = groups_of(selection or {})
    if question is not None:
        return _asked(scope, question, chosen, sort, after, size)
    groups = [*scope.groups(), *chosen.values()]
    listings, following, preceding = read_page(groups, scope.seeing, sort, after, before, size)
    if UNCOUNTED in chosen:  # no bits are kept of it, and it is never many
        every = in_groups([*scope.groups(), chosen[UNCOUNTED]]).order_by().values_list("codes", flat=True)
        counts = count_rows(map(frozenset, every), chosen)
    else:
        counts = count_all(scope, chosen, families)
    return Results([Hit(listing) for listing in listings], counts, following, preceding)


def _asked(scope: Scope, question: Document, chosen: dict[str, Group], sort: str, after: str, size: int) -> Results:
    """Facets are counted among all that answers; when that is too much, narrowing asks anew among what is left."""
    answer = ask(Question(question, scope))
    counts = count_rows((one.codes for one in answer.found), chosen)
    found = [one for one in answer.found if meets(one.codes, chosen.values())]
    full = answer.full and not chosen
    if answer.full and chosen:
        narrowed = ask(Question(question, scope, tuple(chosen.values())))
        found, full = list(narrowed.found), narrowed.full
        inner = count_rows((one.codes for one in found), {})
        counts = Counts(
            inner.total,
            {
                **inner.by_code,
                **{c: n for c, n in counts.by_code.items() if c.partition(":")[0] in chosen},
            },
        )
    start = size * _number(after)
    shown = _in_order(found, sort)[start : start + size]
    return Results(
        hits_of_each([(answer.plan, shown)], typed=True)[0],
        counts,
        after=str(start // size + 1) if len(found) > start + size else "",
        before=str(start // size - 1) if start else "",
        full=full,
        corrected=answer.plan.corrected,
    )


def hits_of_each(shown: Sequence[tuple[Plan, Sequence[Found]]], *, typed: bool = False) -> list[list[Hit]]:
    """For each question the found listings with what a list shows of them, in the same order."""
    matches = matches_of_each(shown)
    wanted = {pk for each in matches for pk in each}
    listings = read_listings(wanted)
    return [
        [Hit(listings[one.pk], scores[one.pk], typed) for one in found if one.pk in listings]
        for (_plan, found), scores in zip(shown, matches, strict=True)
    ]


def _in_order(found: list[Found], sort: str) -> list[Found]:
    if sort == NEWEST:
        return sorted(found, key=lambda one: (one.facts.fresh, one.published, one.pk), reverse=True)
    return sorted(found, key=lambda one: (one.sort_key, one.pk)) if sort == NAME else found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def marked(text: str, match: Match | None, language: str) -> SafeString:
    """The text, escaped, with the words marked that made it match."""
    return _marked(text, marks(text, match, language, for_questions()) if match else [])


def snippet(text: str, match: Match | None, language: str) -> SafeString:
    """At most SNIPPET letters of a text, from a little before the first marked word, escaped."""
    flat = " ".join(text.split())
    if len(flat) <= SNIPPET:
        return marked(flat, match, language)
    start, places = 0, marks(flat[:SNIPPET], match, language, for_questions()) if match else []
    if match and not places:
        places = marks(flat, match, language, for_questions())
        if places:
            start = flat.rfind(" ", 0, max(places[0][0] - BEFORE_MARK, 1)) + 1
    end = flat.rfind(" ", start + 1, start + SNIPPET)
    end = end if end > start else start + SNIPPET
    inside = [(a - start, b - start) for a, b in places if a >= start and b <= end]
    shown = _marked(flat[start:end], inside)
    before = "… " if start else ""
    return mark_safe(f"{before}{shown} …" if end < len(flat) else f"{before}{shown}")  # noqa: S308 - escaped in _marked


def _marked(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    parts, at = [], 0
    for start, end in places:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - every part is escaped above
