# ruff: noqa: S608 - values are parameters; only placeholders are written into the statement
"""Suggestions for a search box: words that somebody's listings hold, and listings that fit already."""

from collections.abc import Sequence

from fyrtaarn.engine.danish.tokens import tokenise
from fyrtaarn.engine.matching import Document
from fyrtaarn.engine.matching.terms import word_forms

from .models import Listing
from .packing import LISTINGS, numbers
from .registry import kinds
from .search import Question, Scope, ask
from .search.reading import binary_cursor
from .search.scope import in_groups
from .terms import on_shelf, shelf

MOST_WORDS = 6
MOST_LISTINGS = 4
MOST_LOOKED_AT = 12
MOST_HOLDERS = 20
"""Listings of a word among which one is sought that the reader may see."""
SHORTEST_BEGINNING = 2


def suggested_words(question: str, seeing: Sequence[str], among: Sequence[str] = ()) -> list[str]:
    """The question with its last word completed, by words in listings that the reader may see, most frequent first."""
    *before, beginning = question.casefold().split() or [""]
    if len(beginning) < SHORTEST_BEGINNING:
        return []
    among = among or [kind.key for kind in kinds()]
    wanted = [on_shelf(shelf(kind, code), f"w:{escaped(beginning)}%") for code in seeing for kind in among]
    either = " OR ".join(["text LIKE %s"] * len(wanted))
    with binary_cursor() as cursor:
        cursor.execute(
            "SELECT text, substring(listings FROM greatest(1, octet_length(listings) - %s)) FROM listings_term"
            f" WHERE ({either}) AND frequency > 0 ORDER BY frequency DESC, text LIMIT %s",
            [LISTINGS.itemsize * MOST_HOLDERS - 1, *wanted, MOST_LOOKED_AT],
        )
        holders: dict[str, list[int]] = {}
        for text, held in cursor.fetchall():  # a word stands on several shelves
            holders.setdefault(text.partition("/w:")[2], []).extend(numbers(held, LISTINGS).tolist())
    pks = {pk for held in holders.values() for pk in held}
    rows = in_groups([seeing]).filter(pk__in=pks).order_by().values_list("pk", "title", "text")
    seen = {pk: f"{title} {text}" for pk, title, text in rows}
    found = {
        written(base, next((seen[pk] for pk in reversed(held) if pk in seen), "")): None
        for base, held in holders.items()
    }
    return [" ".join([*before, word]) for word in found if word.startswith(beginning)][:MOST_WORDS]


def written(base: str, words: str) -> str:
    """A base form as a text writes it, for a base form need not be a word; empty when the text does not."""
    return next((token.text for token in tokenise(words) if word_forms(token.text, "da").base == base), "")


def escaped(text: str) -> str:
    """Text that a LIKE takes literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def suggested_listings(question: str, seeing: Sequence[str], among: Sequence[str] = ()) -> list[Listing]:
    """The listings that fit what has been typed so far best."""
    if len(question) < SHORTEST_BEGINNING + 1:
        return []
    answer = ask(Question(Document("", title=question), Scope(tuple(seeing), tuple(among))))
    best = [one.pk for one in answer.found[:MOST_LISTINGS]]
    listings = Listing.objects.only("title", "path", "kind").in_bulk(best)
    return [listings[pk] for pk in best if pk in listings]
