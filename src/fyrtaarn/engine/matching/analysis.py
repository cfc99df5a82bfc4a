"""The finished terms of a document: what is stored, once, and read back at every search."""

from collections.abc import Mapping, Sequence
from math import pow

from fyrtaarn.engine.danish.language import GENRE, is_stop, language_of
from fyrtaarn.engine.danish.tokens import words

from .documents import ANALYSIS_VERSION, Analysis, Document, Facts
from .mobility import moves
from .taxonomy import EMPTY, Taxonomy, default_taxonomy
from .terms import spans, word_forms

REFERENCE_LENGTH = 70
"""Content words of a typical document; fixed, so that a stored weight never goes stale."""
SATURATION = 2.2
"""k1 of BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework)."""
LENGTH_SHARE = 0.5
"""b of BM25: how much of the length is held against a document."""
FOCUS = 0.2
"""How much more a term counts in a short text: every weight is times (reference / length) to this power."""
WEIGHT_UNIT = 100
"""Stored weight of a term that stands once in a document of reference length."""
LANGUAGE_SAMPLE = 60
"""Words of the text that are read to tell its language."""
WORD_KINDS = frozenset("wf")
TITLE_TIMES = 2.0
LABEL_TIMES = 2.0
"""Weight of the title and of the target groups against the running text; the kind of organisation counts half of it."""


def fields(document: Document) -> tuple[tuple[str, float], ...]:
    """The texts of a document with the weight of each."""
    return (
        (document.title, TITLE_TIMES),
        (document.text, 1.0),
        (". ".join(document.target_groups), LABEL_TIMES),
        (document.organisation_type, LABEL_TIMES / 2),
    )


def detect_language(document: Document) -> str:
    """The document's own language, or else what its small words show."""
    return document.language or _language_shown(words(document.title), words(document.text))


def _language_shown(title: list[str], text: list[str]) -> str:
    return language_of(title + text[:LANGUAGE_SAMPLE])


def saturate(frequency: Mapping[str, float], length: float) -> dict[str, int]:
    """The stored weights of terms: BM25's term part with a fixed reference length.

    A weight grows with its term's frequency and stays below (1 + SATURATION) units.
    """
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / REFERENCE_LENGTH)
    unit = WEIGHT_UNIT * pow(REFERENCE_LENGTH / max(length, 1.0), FOCUS) * (1 + SATURATION)
    return {term: round(unit * count / (count + norm)) or 1 for term, count in frequency.items()}


def analyse(document: Document, taxonomy: Taxonomy | None = None, *, plain: bool = False) -> Analysis:
    """The terms of a document with their stored weights, and its facts.

    Deterministic for one ANALYSIS_VERSION and taxonomy (the shipped one by default);
    `plain` leaves concepts and target groups out.
    """
    taxonomy = chosen(taxonomy, plain)
    read = [(words(text), weight) for text, weight in fields(document)]
    language = document.language or _language_shown(read[0][0], read[1][0])
    frequency: dict[str, float] = {}
    get = frequency.get
    length = 0.0
    for told, weight in read:
        for start, end, terms in spans(told, language, taxonomy):
            if end == start + 1 and terms[0][0][0] in WORD_KINDS:
                length += weight
            for term, share in terms:
                frequency[term] = get(term, 0.0) + weight * share
    return Analysis(
        ANALYSIS_VERSION,
        saturate(frequency, length),
        round(length),
        facts_of(document, language),
        title_words(read[0][0], language),
    )


def chosen(taxonomy: Taxonomy | None, plain: bool) -> Taxonomy:
    """The taxonomy to use: none of it when plain, else the one given or the shipped one."""
    return EMPTY if plain else taxonomy or default_taxonomy()


def title_words(title: Sequence[str], language: str) -> tuple[str, ...]:
    """The distinct base forms of a title's content words, in order."""
    bases = (word_forms(word, language).base for word in title if not is_stop(word, language))
    return tuple(dict.fromkeys(base for base in bases if len(base) > 2))


def facts_of(document: Document, language: str) -> Facts:
    """The properties of a document that adjust a match."""
    return Facts(
        municipality=document.municipality,
        district=document.district,
        language=language,
        stage=document.stage,
        sdgs=document.sdgs,
        movable=moves(document) if document.movable is None else document.movable,
        capacity=document.capacity,
        fresh=document.fresh,
    )


def is_genre(base: str) -> bool:
    """Whether a base form is said in nearly every challenge and offer."""
    return base in GENRE
