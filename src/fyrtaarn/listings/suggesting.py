# ruff: noqa: S608 - values are parameters; only placeholders are written into the statement
"""Suggestions for a search box: words that somebody's listings hold, and listings that fit already."""

from collections.abc import Sequence

from django.db import connection

from fyrtaarn.engine.danish.tokens import tokenise
from fyrtaarn.engine.matching import Document
from fyrtaarn.engine.matching.terms import word_forms

from .models import Listing
from .registry import kinds
from .search import Question, Scope, ask
from .terms import of_kind

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
    wanted = [of_kind(kind.key, f"w:{escaped(beginning)}%") for kind in kinds() if not among or kind.key in among]
    if not wanted:
        return []
    either = " OR ".join(["text LIKE %s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(term.text from position('/w:' in term.text) + 3), held.words FROM ("
            f" SELECT id, text, frequency FROM listings_term WHERE ({either}) AND frequency > 0"
            " ORDER BY frequency DESC, text LIMIT %s) AS term CROSS JOIN LATERAL ("
            " SELECT listing.title || ' ' || listing.text AS words FROM ("
            " SELECT listing_id FROM listings_posting WHERE term = term.id"
            " ORDER BY weight DESC, listing_id LIMIT %s) AS heaviest"
            " JOIN listings_listing listing ON listing.id = heaviest.listing_id"
            " WHERE listing.codes && %s::varchar[] LIMIT 1) AS held"
            " ORDER BY term.frequency DESC, term.text",
            [*wanted, MOST_LOOKED_AT, MOST_HOLDERS, list(seeing)],
        )
        found = {written(base, words): None for base, words in cursor.fetchall()}
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
