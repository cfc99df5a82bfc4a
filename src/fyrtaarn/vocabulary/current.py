"""The vocabulary that this process reads with.

Two hold at a time while a new version is being taken up: listings are read with the newest, questions with the newest
version that all listings have been read with. Each question asks the database for the number of the latter in the
statement that it makes anyway (`SERVING`), and says here what it heard; so no process lags behind by more than one
question, and nobody waits.
"""

from functools import lru_cache

from fyrtaarn.engine.matching import Taxonomy, default_taxonomy

from .content import changes_between, shipped, taxonomy_of
from .models import VocabularyVersion

SERVING = "(SELECT coalesce(max(number), 0) FROM vocabulary_vocabularyversion WHERE serving_since IS NOT NULL)"
"""SQL for the number of the version that questions are read with; 0 is what comes with the product."""


class _Held:
    number = 0


def hear(number: int) -> None:
    """Note the number of the serving version as a question has just heard it."""
    _Held.number = number


def for_questions() -> Taxonomy:
    """What questions are read with."""
    return taxonomy_numbered(_Held.number)


def for_listings() -> Taxonomy:
    """What listings are read with: always the newest version; one small query."""
    return taxonomy_numbered(newest_number())


def newest_number() -> int:
    """The number of the newest version; 0 is what comes with the product."""
    return VocabularyVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0


@lru_cache(maxsize=3)
def taxonomy_numbered(number: int) -> Taxonomy:
    """A version as the engine reads it; the shipped vocabulary while there is no such version."""
    version = VocabularyVersion.objects.filter(number=number).first() if number else None
    if version is None or not changes_between(shipped(), version.entries):
        return default_taxonomy()
    return taxonomy_of(version.entries)


def forget() -> None:
    """Begin as a new process does: when the database is another, as in tests."""
    _Held.number = 0
    taxonomy_numbered.cache_clear()
