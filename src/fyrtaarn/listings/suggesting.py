# ruff: noqa: S608 - values are parameters; only placeholders are written into the statement
"""Suggestions for a search box: words that somebody's listings hold, and listings that fit already."""

from collections.abc import Sequence

from django.db import connection

from fyrtaarn.engine.matching import Document

from .models import Listing
from .registry import kinds
from .search import Scope, ask
from .terms import of_kind

MOST_WORDS = 6
MOST_LISTINGS = 4
MOST_LOOKED_AT = 60
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
            "SELECT DISTINCT ON (word) substring(text from position('/w:' in text) + 3) AS word, frequency FROM ("
            f" SELECT id, text, frequency FROM listings_term WHERE ({either}) AND frequency > 0"
            " ORDER BY frequency DESC, text LIMIT %s) AS term"
            " WHERE EXISTS (SELECT FROM listings_posting posting JOIN listings_listing listing"
            " ON listing.id = posting.listing_id WHERE posting.term = term.id AND listing.codes && %s::varchar[])"
            " ORDER BY word, frequency DESC",
            [*wanted, MOST_LOOKED_AT, list(seeing)],
        )
        found = sorted(cursor.fetchall(), key=lambda row: (-row[1], row[0]))
    return [" ".join([*before, word]) for word, _ in found[:MOST_WORDS]]


def escaped(text: str) -> str:
    """Text that a LIKE takes literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def suggested_listings(question: str, seeing: Sequence[str], among: Sequence[str] = ()) -> list[Listing]:
    """The listings that fit what has been typed so far best."""
    if len(question) < SHORTEST_BEGINNING + 1:
        return []
    answer = ask(Document("", title=question), Scope(tuple(seeing), tuple(among)))
    best = [one.pk for one in answer.found[:MOST_LISTINGS]]
    listings = Listing.objects.only("title", "path", "kind").in_bulk(best)
    return [listings[pk] for pk in best if pk in listings]
