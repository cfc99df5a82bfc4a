"""From words to index terms: the middle of the chain, shared by documents and questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fyrtaarn.engine.danish.compounds import Part, first_base, parts, split
from fyrtaarn.engine.danish.language import DANISH_STOP, ENGLISH_STOP
from fyrtaarn.engine.danish.lexicon import english_lemma, lemma, root, stem
from fyrtaarn.engine.danish.tokens import Token

from .glossary import translations
from .taxonomy import LONGEST_PHRASE, Taxonomy

PART_CONCEPT_SHARE = 0.6
"""How much of a concept a compound gets for one of its parts."""
HEAD_SHARE = 0.8
FIRST_SHARE = 0.9
"""How much the last and the other parts of a compound count as words of their own."""
NESTED_SHARE = 0.5
"""What is left of a part's share with each further level."""
SHORTEST_CONCEPT_PART = 3
_LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class WordForms:
    """A word in base form, its parts in base form, and its index terms with their shares."""

    base: str
    parts: tuple[Part, ...]
    terms: tuple[tuple[str, float], ...]


def is_stop(word: str, language: str) -> bool:
    """Whether a lower-case word says nothing about what a text is about."""
    return (len(word) < 2 and not word.isdigit()) or (word in ENGLISH_STOP if language == "en" else word in DANISH_STOP)


@lru_cache(maxsize=131_072)
def word_forms(word: str, language: str) -> WordForms:
    """The base form, parts and word terms (no concepts) of one lower-case word."""
    word = word[:_LONGEST_WORD]
    if language == "en":
        return _english_forms(word)
    if word.endswith("-"):
        bare = word.rstrip("-")
        return _danish_forms(first_base(bare) or bare)
    if "-" in word:
        return _hyphenated_forms(word)
    return _danish_forms(word)


def _danish_forms(word: str) -> WordForms:
    base = base_form(word)
    pieces = parts(base)
    return WordForms(base, pieces, _word_terms(base, pieces))


def _hyphenated_forms(word: str) -> WordForms:
    found: list[Part] = []
    pieces = [piece for piece in word.split("-") if len(piece) > 1 and not is_stop(piece, "da")]
    for place, piece in enumerate(pieces):
        forms = _danish_forms(piece)
        found.append(Part(forms.base, 1, place == len(pieces) - 1))
        found += [Part(part.base, part.depth + 1, part.is_head) for part in forms.parts]
    base = lemma(word) or word
    return WordForms(base, tuple(found), _word_terms(base, tuple(found)))


def _english_forms(word: str) -> WordForms:
    """An English word counts as itself and as the Danish words it translates to."""
    base = english_lemma(word)
    terms = dict(_word_terms(base, ()))
    danish = translations(base)
    for translation in danish:
        for term, share in _danish_forms(translation).terms:
            terms[term] = max(share, terms.get(term, 0.0))
    return WordForms(base, (), tuple(terms.items()))


def base_form(word: str) -> str:
    """The base form of a Danish word; of an unknown compound by its head."""
    known = lemma(word)
    if known is not None:
        return known
    reading = split(word)
    if reading is None:
        return word
    return reading.first + (lemma(reading.head) or reading.head)


def whole_term(word: str) -> str:
    """The index term of a lower-case Danish word as a whole."""
    return word_forms(word, "da").terms[0][0]


def _word_terms(base: str, pieces: Sequence[Part]) -> tuple[tuple[str, float], ...]:
    """A simple word is one term; a compound is itself and each of its parts."""
    if not pieces:
        return ((f"w:{key(base)}", 1.0),)
    terms = {f"f:{key(base)}": 1.0}
    for part in pieces:
        if len(part.base) > 1:
            share = HEAD_SHARE if part.is_head else FIRST_SHARE
            term = f"w:{key(part.base)}"
            terms[term] = max(terms.get(term, 0.0), share * NESTED_SHARE ** (part.depth - 1))
    return tuple(terms.items())


def key(base: str) -> str:
    """What words must share to count as the same: the root of their stem."""
    return root(stem(base))


def concept_terms(tokens: Sequence[Token], language: str, taxonomy: Taxonomy) -> Iterator[tuple[int, int, str, float]]:
    """(first token, token after the last, term, share) for every concept in the tokens.

    The longest phrase wins over the words inside it; a compound that is no trigger
    itself leads to the concepts of its parts with a smaller share.
    """
    table, openers = taxonomy.words[language], taxonomy.openers[language]
    bases = [word_forms(token.text, language) for token in tokens]
    at = 0
    while at < len(tokens):
        forms = bases[at]
        length = 1
        found: tuple[tuple[str, float], ...] = ()
        if forms.base in openers:
            for size in range(min(LONGEST_PHRASE, len(tokens) - at), 1, -1):
                key = " ".join(other.base for other in bases[at : at + size])
                if key in table:
                    found, length = table[key], size
                    break
        if found:
            yield from ((at, at + length, term, share) for term, share in found)
        else:
            for term, share in _word_concepts(forms, table):
                yield at, at + 1, term, share
        at += length


def _word_concepts(forms: WordForms, table: Mapping[str, tuple[tuple[str, float], ...]]) -> Iterator[tuple[str, float]]:
    direct = table.get(forms.base)
    if direct is not None:
        yield from direct
        return
    best: dict[str, float] = {}
    for piece in forms.parts:
        if len(piece.base) < SHORTEST_CONCEPT_PART:
            continue
        level = PART_CONCEPT_SHARE * NESTED_SHARE ** (piece.depth - 1)
        for term, share in table.get(piece.base, ()):
            best[term] = max(best.get(term, 0.0), share * level)
    yield from best.items()
