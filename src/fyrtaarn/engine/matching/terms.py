"""From words to index terms: the middle of the chain, shared by documents and questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fyrtaarn.engine.danish.compounds import Part, base_form, first_base, parts, split
from fyrtaarn.engine.danish.families import family
from fyrtaarn.engine.danish.language import is_stop
from fyrtaarn.engine.danish.lexicon import english_lemma, lemma, root, stem
from fyrtaarn.engine.danish.tokens import fold

from .glossary import translations
from .taxonomy import LONGEST_PHRASE, Taxonomy

Terms = tuple[tuple[str, float], ...]
"""Index terms with their shares."""
PART_CONCEPT_SHARE = 0.6
"""How much of a concept a compound gets for one of its parts."""
HEAD_SHARE = 0.8
FIRST_SHARE = 0.9
"""How much the last and the other parts of a compound count as words of their own."""
NESTED_SHARE = 0.8
"""What is left of a part's share with each further level."""
SHORTEST_CONCEPT_PART = 3
_LONGEST_WORD = 80
MOST_ENTRIES = 8_192


@dataclass(frozen=True, slots=True)
class WordForms:
    """A word in base form, its parts in base form, and its index terms with their shares."""

    base: str
    parts: tuple[Part, ...]
    terms: Terms


@lru_cache(maxsize=8_192)
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


def whole_term(word: str) -> str:
    """The index term of a lower-case Danish word as a whole."""
    return word_forms(word, "da").terms[0][0]


def _word_terms(base: str, pieces: Sequence[Part]) -> Terms:
    """A simple word is one term; a compound is itself and each of its parts, which may be compounds."""
    if not pieces:
        return ((f"w:{key(base)}", 1.0),)
    terms = {f"f:{key(base)}": 1.0}
    for part in pieces:
        if len(part.base) > 1:
            share = HEAD_SHARE if part.is_head else FIRST_SHARE
            term = f"{'f' if parts(part.base) else 'w'}:{key(part.base)}"
            terms[term] = max(terms.get(term, 0.0), share * NESTED_SHARE ** (part.depth - 1))
    return tuple(terms.items())


def key(base: str) -> str:
    """What words must share to count as the same: the family of the base form, or the root of an unknown word's stem."""
    if lemma(base):
        return family(base)
    reading = split(base)
    return root(stem(base)) if reading is None else reading.first + family(lemma(reading.head) or reading.head)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word leads to: its base form, its own terms, those with its concepts, and the base forms
    that follow it in a phrase."""

    base: str
    words: Terms
    all: Terms
    names: frozenset[str]  # of all these terms
    opens: frozenset[str]


def entry(word: str, language: str, taxonomy: Taxonomy) -> Entry:
    """The entry of a word, as written or folded, remembered with the taxonomy."""
    known = taxonomy.entries[language]
    found = known.get(word)
    if found is None:
        folded = fold(word)
        forms = word_forms(folded, language)
        stop = is_stop(folded, language)
        terms = () if stop else forms.terms + _word_concepts(forms, taxonomy.words[language])
        found = Entry(
            forms.base,
            () if stop else forms.terms,
            terms,
            frozenset(term for term, _ in terms),
            taxonomy.openers[language].get(forms.base, frozenset()),
        )
        if len(known) >= MOST_ENTRIES:
            known.clear()
        known[word] = found
    return found


def spans(
    words: Sequence[str], language: str, taxonomy: Taxonomy, wanted: frozenset[str] | None = None
) -> Iterator[tuple[int, int, Terms]]:
    """(first word, word after the last, terms) for everything that words, as written or folded, lead to.

    With `wanted` terms, most words that lead to none of them are passed over.

    Small words lead to nothing alone, but may stand in a phrase. The longest phrase wins over
    the concepts of the words inside it; a compound that is no trigger itself leads to the
    concepts of its parts with a smaller share.
    """
    known = taxonomy.entries[language].get
    entries = [known(word) or entry(word, language, taxonomy) for word in words]
    places: Iterable[int] = range(len(entries))
    if wanted is not None:
        places = [at for at, one in enumerate(entries) if one.opens or not wanted.isdisjoint(one.names)]
    covered = 0
    for place in places:
        one = entries[place]
        if one.opens and place >= covered and place + 1 < len(entries) and entries[place + 1].base in one.opens:
            end, found = _phrase(entries, place, taxonomy.words[language])
            if found:
                yield place, end, found
                covered = end
        terms = one.words if place < covered else one.all
        if terms:
            yield place, place + 1, terms


def _phrase(entries: Sequence[Entry], start: int, table: Mapping[str, Terms]) -> tuple[int, Terms]:
    for end in range(min(start + LONGEST_PHRASE, len(entries)), start + 1, -1):
        found = table.get(" ".join(one.base for one in entries[start:end]))
        if found:
            return end, found
    return start, ()


def _word_concepts(forms: WordForms, table: Mapping[str, Terms]) -> Terms:
    direct = table.get(forms.base)
    if direct is not None:
        return direct
    best: dict[str, float] = {}
    for piece in forms.parts:
        if len(piece.base) < SHORTEST_CONCEPT_PART:
            continue
        level = PART_CONCEPT_SHARE * NESTED_SHARE ** (piece.depth - 1)
        for term, share in table.get(piece.base, ()):
            best[term] = max(best.get(term, 0.0), share * level)
    return tuple(best.items())
