"""Which topic a question is about: from what the topics say of themselves and from how like questions went before.

Each topic is two bags of terms, its own name and words, and the questions that people have sorted under it, both read
by the same analysis as matching (compounds, concepts, families of words). A question's terms meet each bag by cosine;
a term counts the more the fewer topics hold it. What the earlier questions say counts the more of them there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from .danish.language import language_of
from .danish.tokens import words
from .matching.analysis import analyse
from .matching.documents import Document

NAME_TIMES = 2.0
LEARNT_HALF = 4
"""So many earlier questions of a topic count as much as what the topic says of itself."""
LEAST_SHARE = 5
"""Per cent of all topics' points: what has less is no proposal."""
SURE_SHARE = 90
"""A first proposal is sure from this share on: of earlier questions, each asked of the others, 97 of 100 were right."""
MOST_WORDS = 4
Bag = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be asked about: a name and the words that people use."""

    key: int
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """An earlier question and the topic that a person gave it."""

    topic: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic for a question: `share` of all topics' points and `fit` to this one, both in per cent, and the question's
    words that speak for it."""

    topic: int
    share: int
    fit: int
    words: tuple[str, ...]
    sure: bool


class Router:
    """What is known of a municipality's topics, ready for any number of questions."""

    def __init__(self, topics: Sequence[Topic], earlier: Iterable[Sorted] = ()) -> None:
        self.own = {topic.key: _own_bag(topic) for topic in topics}
        self.learnt: dict[int, Counter[str]] = {topic.key: Counter() for topic in topics}
        self.counts = Counter[int]()
        for one in earlier:
            if one.topic in self.learnt:
                self.counts[one.topic] += 1
                self.learnt[one.topic].update(_unit(_bag(one.text)))
        holding = Counter(term for key in self.own for term in {*self.own[key], *self.learnt[key]})
        self.rarity = {term: log(1 + len(topics) / count) for term, count in holding.items()}

    def propose(self, question: str, *, most: int = 3) -> list[Proposal]:
        """The topics that fit best, best first; none where no word of the question says anything."""
        asked, said = _bag(question), _words_with_terms(question)
        points = {key: self._points(asked, key) for key in self.own}
        whole = sum(points.values())
        best = sorted((key for key in points if points[key] > 0), key=lambda key: (-points[key], key))
        shares = {key: round(100 * points[key] / whole) for key in best}
        return [
            Proposal(
                key,
                shares[key],
                round(100 * sqrt(points[key])),
                self._telling_words(said, key),
                place == 0 and shares[key] >= SURE_SHARE,
            )
            for place, key in enumerate(best[:most])
            if shares[key] >= LEAST_SHARE
        ]

    def _points(self, asked: Bag, key: int) -> float:
        """Squared, so that shares tell near topics apart."""
        weight = self.counts[key] / (self.counts[key] + LEARNT_HALF)
        return ((1 - weight) * self._cosine(asked, self.own[key]) + weight * self._cosine(asked, self.learnt[key])) ** 2

    def _cosine(self, asked: Bag, known: Bag) -> float:
        both = sum(weight * known[term] * self.rarity[term] ** 2 for term, weight in asked.items() if term in known)
        return both / (self._length(asked) * self._length(known)) if both else 0.0

    def _length(self, bag: Bag) -> float:
        return sqrt(sum((weight * self.rarity.get(term, 0.0)) ** 2 for term, weight in bag.items()))

    def _telling_words(self, said: Mapping[str, Bag], key: int) -> tuple[str, ...]:
        """The question's own words that speak most for the topic, in the order of the question."""
        weights = {
            word: max((self._weight(term, key) * weight for term, weight in terms.items()), default=0.0)
            for word, terms in said.items()
        }
        telling = sorted((word for word in weights if weights[word] > 0), key=lambda word: -weights[word])[:MOST_WORDS]
        return tuple(word for word in weights if word in telling)

    def _weight(self, term: str, key: int) -> float:
        return (self.own[key].get(term, 0.0) + self.learnt[key].get(term, 0.0)) * self.rarity.get(term, 0.0)


@lru_cache(maxsize=2000)
def _own_bag(topic: Topic) -> Bag:
    both: Counter[str] = Counter(_bag(topic.words))
    for term, weight in _bag(topic.name).items():
        both[term] += NAME_TIMES * weight  # type: ignore[assignment]
    return both


def _bag(text: str, language: str = "") -> Bag:
    terms = analyse(Document("", text=text, language=language)).terms
    return {term: float(weight) for term, weight in terms.items()}


def _words_with_terms(question: str) -> dict[str, Bag]:
    """What each word of the question leads to by itself."""
    said = words(question)
    language = language_of(said)
    return {word: _bag(word, language) for word in dict.fromkeys(said)}


def _unit(bag: Bag) -> Bag:
    length = sqrt(sum(weight**2 for weight in bag.values()))
    return {term: weight / length for term, weight in bag.items()} if length else bag
