"""From a question to the few weighted terms that are worth asking the index for."""

from collections import defaultdict
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from fyrtaarn.engine.danish.language import EVERYDAY, is_stop
from fyrtaarn.engine.danish.spelling import corrections, is_sure, known
from fyrtaarn.engine.danish.tokens import Token, tokenise

from .analysis import (
    WEIGHT_UNIT,
    WORD_KINDS,
    chosen,
    detect_language,
    facts_of,
    is_genre,
)
from .documents import Document, Plan, QueryTerm, Statistics
from .taxonomy import Taxonomy
from .terms import entry, spans, word_forms

MOST_TERMS = 40
QUERY_UNIT = 100
"""Fixed point of query weights: 100 is the weight 1."""
KIND_WEIGHTS = {"w": 1.0, "f": 0.1, "c": 1.75, "g": 1.0}
"""What a term of each kind counts; tuned on the development collections."""
CONCEPT_LENGTH = 4.0
"""In a question of so many words concepts count half: who asks with few words means those words."""
FIELD_WEIGHTS = {"title": 2.0, "text": 1.0, "target_groups": 1.0, "department": 0.5}
GENRE_SHARE = 0.1
"""What is left of a word that every challenge says."""
EVERYDAY_SHARE = 0.25
"""What is left of a common word of any text."""
NUMBER_SHARE = 0.25
"""What is left of a number: two texts that both say 25 seldom mean the same 25."""
RARE_ENOUGH = 0.01
"""A term in fewer of the documents than this share tells hardly more for being rarer still."""
LEAST_QUESTIONS = 5
"""From so many earlier questions on they tell something."""
SMALL_WORD_SHARE = 0.25
"""A misspelt word may be a small word as readily as one that this share of the documents holds."""
LETTERS = 29
"""A letter added or changed may be any of so many, while one lost or swapped leaves no choice."""
FREQUENCY_SATURATION = 5.0
"""k3 of BM25: how soon repeating a word in the question stops adding."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    frequency: float
    words: tuple[str, ...]
    whole: bool


def as_document(query: Document | str) -> Document:
    """A question as a document; plain text becomes its title."""
    return Document("", title=query) if isinstance(query, str) else query


def _query_fields(query: Document) -> tuple[tuple[str, str], ...]:
    return (
        ("title", query.title),
        ("text", query.text),
        ("target_groups", ". ".join(query.target_groups)),
        ("department", query.department),
    )


def _unsure(tokens: list[Token], language: str) -> list[str]:
    """The words that may be misspelt; names are left alone."""
    return [
        token.text
        for token in tokens
        if not (token.name or is_stop(token.text, language) or is_sure(token.text, language))
    ]


def _mended(unsure: list[str], language: str, statistics: Statistics | None) -> dict[str, str]:
    """Words that may be misspelt with what they most likely stand for.

    A doubtful compound stands for another word only where that is in some document, or a slip away that leaves no choice.
    """
    mended: dict[str, str] = {}
    for word in unsure:
        guesses = corrections(word, language)
        if not guesses:
            continue
        if statistics is None:
            if not known(word, language):
                mended[word] = guesses[0]
        elif not _held(word, language, statistics):
            best = max(guesses, key=lambda guess: _likelihood(word, guess, language, statistics))
            if not known(word, language) or _held(best, language, statistics, whole=not _is_likely(word, best)):
                mended[word] = best
    return mended


def _is_likely(word: str, guess: str) -> bool:
    """Whether a letter of the guess was lost or two were swapped."""
    return len(guess) > len(word) or sorted(guess) == sorted(word)


def _likelihood(word: str, guess: str, language: str, statistics: Statistics) -> float:
    """How likely a word stands for a guess: by how many documents hold the guess, and how many other slips there are."""
    small = is_stop(guess, language)
    held = SMALL_WORD_SHARE * statistics.documents if small else _held(guess, language, statistics)
    return held if _is_likely(word, guess) else held / LETTERS


def _held(word: str, language: str, statistics: Statistics, *, whole: bool = False) -> int:
    """How many documents hold the whole of a word, or (unless the `whole` is asked for) each of its smallest parts."""
    terms = word_forms(word, language).terms
    held = max(statistics.frequency.get(term, 0) for term, share in terms if share == 1.0)
    parts = [statistics.frequency.get(term, 0) for term, share in terms if share < 1.0 and term[0] == "w"]
    return held if whole else max(held, min(parts, default=0))


class _Field(NamedTuple):
    """One field of a question: its text, its tokens, and the words that are asked for, mended where they were misspelt."""

    name: str
    text: str
    tokens: list[Token]
    asked: list[str]


class _Read(NamedTuple):
    """A question as it is read: its fields, its language, the words that may be misspelt, what they were read as."""

    fields: list[_Field]
    language: str
    unsure: list[str]
    corrected: dict[str, str]


def _read(query: Document, statistics: Statistics | None) -> _Read:
    language = detect_language(query)
    fields: list[_Field] = []
    unsure: list[str] = []
    corrected: dict[str, str] = {}
    for name, text in _query_fields(query):
        tokens = tokenise(text)
        if found := _unsure(tokens, language):
            unsure += found
            corrected |= _mended(found, language, statistics)
        fields.append(_Field(name, text, tokens, [corrected.get(token.text, token.text) for token in tokens]))
    return _Read(fields, language, unsure, corrected)


def _collect(read: _Read, taxonomy: Taxonomy) -> dict[str, _Candidate]:
    """The terms of a question with how often and by which words each is asked for."""
    frequency: defaultdict[str, float] = defaultdict(float)
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    whole: set[str] = set()
    language = read.language
    for name, text, tokens, asked in read.fields:
        for start, end, terms in spans(asked, language, taxonomy):
            weight = FIELD_WEIGHTS[name]
            if end == start + 1:
                weight *= _said_by(asked[start], language)
            told = _told_by(asked[start], language) if end == start + 1 else 1.0
            for term, share in terms:
                if share == 1.0:
                    whole.add(term)
                frequency[term] += share * weight * (told if term[0] in WORD_KINDS else 1.0)
                for token in tokens[start:end]:
                    words[term].setdefault(text[token.start : token.end])
    return {term: _Candidate(count, tuple(words[term]), term in whole) for term, count in frequency.items()}


def _terms(read: _Read, taxonomy: Taxonomy) -> set[str]:
    """The same terms by themselves."""
    return {
        term
        for field in read.fields
        for _, _, terms in spans(field.asked, read.language, taxonomy)
        for term, _ in terms
    }


def _said_by(word: str, language: str) -> float:
    """How much a single word tells: less when it is a number, or what nearly every challenge says."""
    if word.isdigit():
        return NUMBER_SHARE
    return GENRE_SHARE if is_genre(word_forms(word, language).base) else 1.0


def _told_by(word: str, language: str) -> float:
    """How much the terms of a word itself tell, whatever concepts it leads to."""
    return EVERYDAY_SHARE if word_forms(word, language).base in EVERYDAY else 1.0


def question_terms(query: Document | str, taxonomy: Taxonomy | None = None) -> frozenset[str]:
    """The terms of a question as it is read by itself, to count how many questions hold them."""
    return frozenset(_terms(_read(as_document(query), None), chosen(taxonomy, plain=False)))


def candidate_terms(query: Document | str, taxonomy: Taxonomy | None = None, *, plain: bool = False) -> frozenset[str]:
    """Every term whose document frequency `plan` may ask for.

    Holds the terms of words that may be misspelt, as written and as they may be read.
    """
    taxonomy = chosen(taxonomy, plain)
    read = _read(as_document(query), None)
    terms = _terms(read, taxonomy)
    for word in read.unsure:
        for guess in (word, *corrections(word, read.language)):
            terms |= entry(guess, read.language, taxonomy).names
    return frozenset(terms)


def inverse_frequency(frequency: float, documents: int) -> float:
    """How much a term tells: BM25's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), never negative.

    n is the documents that hold the term and RARE_ENOUGH of all, so that a word that two texts share by chance
    does not outweigh what they are about.
    """
    frequency = min(frequency + RARE_ENOUGH * documents, documents)
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def commonness(term: str, count: int, statistics: Statistics) -> float:
    """The `count` of documents that hold a term, or what it would be were it as common there as in other questions.

    What most questions say tells little about any of them, however rare it is among the documents.
    """
    if statistics.questions < LEAST_QUESTIONS:
        return count
    others = max(0, statistics.question_frequency.get(term, 0) - 1)
    return max(count, others / statistics.questions * statistics.documents)


def kind_weights(length: int) -> dict[str, float]:
    """What a term of each kind counts in a question of so many words: concepts more in longer ones."""
    share = length / (length + CONCEPT_LENGTH)
    return {kind: weight if kind in WORD_KINDS else weight * share for kind, weight in KIND_WEIGHTS.items()}


def plan(
    query: Document | str,
    statistics: Statistics,
    taxonomy: Taxonomy | None = None,
    *,
    plain: bool = False,
    most: int | None = None,
    awaited: bool = False,
) -> Plan:
    """At most `most` weighted terms of a question, the heaviest first.

    Terms that no document holds are left out, but count in the plan's full points; a question that documents are
    `awaited` for keeps them, as if one document held each. The weight of a term is its inverse frequency among documents
    and other questions times what its kind and its place in the question say, as a whole number of hundredths.
    """
    document = as_document(query)
    read = _read(document, statistics)
    found = _collect(read, chosen(taxonomy, plain))
    length = sum(candidate.whole for term, candidate in found.items() if term[0] in WORD_KINDS)
    kinds = kind_weights(length)
    present, absent = [], []
    for term, candidate in found.items():
        count = statistics.frequency.get(term, 0) or int(awaited)
        repeated = candidate.frequency * (1 + FREQUENCY_SATURATION) / (candidate.frequency + FREQUENCY_SATURATION)
        weight = (
            kinds[term[0]] * inverse_frequency(commonness(term, count, statistics), statistics.documents) * repeated
        )
        one = QueryTerm(term, round(QUERY_UNIT * weight), candidate.words, candidate.whole)
        if count:
            present.append(one)
        elif candidate.whole and term[0] in WORD_KINDS:
            absent.append(one)
    present.sort(key=lambda one: (-one.weight, one.term))
    present = present[: most or MOST_TERMS]
    best = tuple(one for one in present if one.weight > 0)
    best = best or tuple(replace(one, weight=1) for one in present)  # who asks for what all say finds them all
    heaviest = sorted((one.weight for one in (*best, *absent)), reverse=True)[: most or MOST_TERMS]
    return Plan(best, facts_of(document, read.language), sum(heaviest) * WEIGHT_UNIT, tuple(read.corrected.items()))


def prepare() -> None:
    """Load dictionaries, parts and taxonomy, which the first question would otherwise wait for (about two seconds)."""
    candidate_terms("en fejlskrivinng")
    candidate_terms("a bicyclle")
