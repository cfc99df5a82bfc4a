"""The finished terms of a document: what is stored, once, and read back at every search."""

from collections import defaultdict
from collections.abc import Sequence
from math import pow

from fyrtaarn.engine.danish.language import GENRE, language_of
from fyrtaarn.engine.danish.tokens import Token, tokenise

from .documents import ANALYSIS_VERSION, Analysis, Document, Facts
from .mobility import moves
from .taxonomy import Taxonomy, default_taxonomy
from .terms import concept_terms, is_stop, word_forms

REFERENCE_LENGTH = 70
"""Content words of a typical document; fixed, so that a stored weight never goes stale."""
SATURATION = 2.2
"""k1 of BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework)."""
LENGTH_SHARE = 0.5
"""b of BM25: how much of the length is held against a document."""
FOCUS = 0.1
"""How much more a term counts in a short text: every weight is times (reference / length) to this power."""
WEIGHT_UNIT = 100
"""Stored weight of a term that stands once in a document of reference length."""
TITLE_TIMES = 2
LABEL_SHARE = 1.2
"""Weight of target groups and kind of organisation against the running text."""


def content_tokens(text: str, language: str) -> list[Token]:
    """The tokens of a text without small words."""
    return [token for token in tokenise(text) if not is_stop(token.text, language)]


def fields(document: Document) -> tuple[tuple[str, float], ...]:
    """The texts of a document with the weight of each."""
    return (
        (document.title, float(TITLE_TIMES)),
        (document.text, 1.0),
        (". ".join(document.target_groups), LABEL_SHARE),
        (document.organisation_type, LABEL_SHARE / 2),
    )


def detect_language(document: Document) -> str:
    """The document's own language, or else what its small words show."""
    return document.language or language_of(token.text for token in tokenise(f"{document.title} {document.text}"))


def token_terms(tokens: Sequence[Token], language: str, taxonomy: Taxonomy | None) -> list[tuple[int, int, str, float]]:
    """(first token, token after the last, term, share) for all terms in the tokens."""
    found = [
        (place, place + 1, term, share)
        for place, token in enumerate(tokens)
        for term, share in word_forms(token.text, language).terms
    ]
    if taxonomy is not None:
        found += concept_terms(tokens, language, taxonomy)
    return found


def saturate(frequency: float, length: float) -> int:
    """The stored weight of a term: BM25's term part with a fixed reference length.

    Grows with frequency, never above WEIGHT_UNIT * (1 + SATURATION).
    """
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / REFERENCE_LENGTH)
    focus = pow(REFERENCE_LENGTH / max(length, 1.0), FOCUS)
    return max(1, round(WEIGHT_UNIT * focus * frequency * (1 + SATURATION) / (frequency + norm)))


def analyse(document: Document, taxonomy: Taxonomy | None = None, *, plain: bool = False) -> Analysis:
    """The terms of a document with their stored weights, and its facts.

    Deterministic for one ANALYSIS_VERSION and taxonomy (the shipped one by default);
    `plain` leaves concepts and target groups out.
    """
    if taxonomy is None and not plain:
        taxonomy = default_taxonomy()
    language = detect_language(document)
    frequency: defaultdict[str, float] = defaultdict(float)
    length = 0.0
    for text, weight in fields(document):
        if not text:
            continue
        tokens = content_tokens(text, language)
        length += weight * len(tokens)
        for _, _, term, share in token_terms(tokens, language, taxonomy):
            frequency[term] += weight * share
    return Analysis(
        ANALYSIS_VERSION,
        {term: saturate(count, length) for term, count in frequency.items()},
        round(length),
        facts_of(document, language),
        title_words(document.title, language),
    )


def title_words(title: str, language: str) -> tuple[str, ...]:
    """The distinct base forms of a title's content words, in order."""
    bases = (word_forms(token.text, language).base for token in content_tokens(title, language))
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
