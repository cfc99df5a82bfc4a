"""Which indicators fit what somebody does, by the matching engine over the catalogue, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fyrtaarn.engine.matching import Document, Index, explain, trace

from .languages import in_language
from .models import Indicator
from .queries import indicators

MOST_REASONS = 2


@dataclass(frozen=True)
class Suggestion:
    """An indicator, its points, and in sentences why it is suggested; no reasons where nothing speaks for it."""

    indicator: Indicator
    points: int
    reasons: tuple[str, ...]


def suggest(text: str) -> list[Suggestion]:
    """All indicators of today: those that fit the text first, best first, the others as the catalogue has them."""
    every = list(indicators().order_by("outcome__place", "sort_key", "pk"))
    documents = tuple(_read(indicator) for indicator in every)
    found = {match.id: match for match in _index(documents).search(text, limit=len(documents))} if text.strip() else {}
    suggestions = []
    for indicator, document in zip(every, documents, strict=True):
        match = found.get(indicator.key)
        reasons = explain(trace(match, document), in_language())[:MOST_REASONS] if match else []
        suggestions.append(Suggestion(indicator, match.score if match else 0, tuple(reasons)))
    return sorted(suggestions, key=lambda one: -one.points)


def by_outcome(suggestions: Iterable[Suggestion]) -> dict[int, list[Suggestion]]:
    """The suggestions by their outcome's key; the outcome that fits best first."""
    found: dict[int, list[Suggestion]] = {}
    for one in suggestions:
        found.setdefault(one.indicator.outcome_id, []).append(one)
    return found


def _read(indicator: Indicator) -> Document:
    """The Danish words: the engine reads an English question with them, too."""
    now, outcome = indicator.current, indicator.outcome
    text = f"{outcome.name_da}. {outcome.what_da} {now.counts_da} {now.guidance_da}" if now else ""
    return Document(indicator.key, title=now.name_da if now else "", text=text, language="da")


@lru_cache(maxsize=1)
def _index(documents: tuple[Document, ...]) -> Index:
    """The catalogue read once; anew when it has changed."""
    index = Index()
    for document in documents:
        index.add(document)
    return index
