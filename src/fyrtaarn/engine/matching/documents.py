"""What goes into matching: a thing sought or offered, and the terms found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ANALYSIS_VERSION = 8
"""Raised whenever stored terms must be computed anew."""


@dataclass(frozen=True, slots=True)
class Document:
    """A challenge, an offer, a saved search: anything that can be matched.

    `movable` says whether an offer can be delivered outside its municipality: yes, no,
    or None for "as the text says". `capacity` is the number of places free, None when
    unknown. `fresh` is False when the owner has not confirmed it in time.
    """

    id: str
    title: str = ""
    text: str = ""
    target_groups: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    district: str = ""
    municipality: str = ""
    language: str = ""
    stage: str = ""
    kind: str = ""
    organisation_type: str = ""
    department: str = ""
    movable: bool | None = None
    capacity: int | None = None
    fresh: bool = True


class Facts(NamedTuple):
    """The few properties of a document that adjust a match, cheap to store beside its terms.

    A tuple, for hundreds are made for one page.
    """

    municipality: str = ""
    district: str = ""
    language: str = "da"
    stage: str = ""
    sdgs: tuple[int, ...] = ()
    movable: bool | None = None
    capacity: int | None = None
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Analysis:
    """The finished terms of one document.

    `terms` maps term -> stored weight, an integer from 1 to 255 that depends on this
    document alone. A term is one letter for its kind, a colon and the term itself:
    `w:` a word or a part of one, `f:` a full compound, `c:` a concept, `g:` a target group.
    `words` are the base forms in the title, for suggestions while somebody types.
    """

    version: int
    terms: Mapping[str, int]
    length: int
    facts: Facts = field(default_factory=Facts)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a collection tells about terms: how many documents hold each of them.

    `frequency` may be a mapping fetched for just the candidate terms of one question.
    `questions` and `question_frequency` are the same of earlier questions: a term that
    all questions share says little about any of them.
    """

    documents: int = 0
    frequency: Mapping[str, int] = field(default_factory=dict)
    questions: int = 0
    question_frequency: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One weighted term of a question and the words of the question that it came from.

    `whole` is False when it is only a part of those words.
    """

    term: str
    weight: int
    words: tuple[str, ...]
    whole: bool = True

    @property
    def kind(self) -> str:
        """The letter of the term's kind."""
        return self.term[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """The best terms of a question, heaviest first, and the question's facts.

    `full` is the points of a document that holds every term with typical weight, also the words no document holds.
    `corrected` pairs words of the question that nobody knows with what they were read as.
    """

    terms: tuple[QueryTerm, ...]
    facts: Facts = field(default_factory=Facts)
    full: int = 0
    corrected: tuple[tuple[str, str], ...] = ()


class Contribution(NamedTuple):
    """One summand of a score; a tuple, for hundreds are made for one page.

    `reason` is one of `explaining.REASONS`; `subject` is what it is about (a concept, a word of
    the question, a district, the number of a goal); `term` is the index term where there is one.
    `points` may be negative.
    """

    reason: str
    points: int
    subject: str = ""
    term: str = ""
    question_words: tuple[str, ...] = ()
    document_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that speaks against a match, with what it cost (0: it is only told)."""

    reason: str
    points: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A document that fits. `score` is exactly the sum of the contributions' points.

    `fit` is how much of the question the document covers, in per cent; `language` the document's, where it is known.
    """

    id: str
    score: int
    contributions: tuple[Contribution, ...]
    against: tuple[Caveat, ...] = ()
    fit: int = 0
    language: str = ""
