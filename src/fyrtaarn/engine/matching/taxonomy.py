"""Concepts and target groups: which words of everyday and official language mean the same.

A taxonomy is a text file of our own that people can read and edit, one concept a line:

    concept name < broader concept: danish words, phrases | english words, phrases

Words are compared by base form; a phrase is words with blanks between.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fyrtaarn.engine.danish.compounds import base_form
from fyrtaarn.engine.danish.lexicon import english_lemma
from fyrtaarn.engine.danish.tokens import words

LONGEST_PHRASE = 4


class TaxonomyError(ValueError):
    """A line of a taxonomy that cannot be understood; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept with its broader ones and the words that lead to it in each language.

    The labels are what readers are shown; where they are empty, the name and the first English words.
    """

    name: str
    kind: str
    broader: tuple[str, ...]
    danish: tuple[str, ...]
    english: tuple[str, ...]
    label_da: str = ""
    label_en: str = ""

    @property
    def term(self) -> str:
        """The index term of the concept."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All concepts, with a look-up from base forms (joined by blanks) to index terms.

    `words[language][key]` is a tuple of terms with the share of the weight each gets:
    the concept itself 1, a broader one less. `openers[language]` maps the first words of
    phrases to the words that follow them. `english_names` is what an English reader is shown.
    `entries[language]` remembers what words lead to.
    """

    concepts: Mapping[str, Concept]
    words: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]
    openers: Mapping[str, Mapping[str, frozenset[str]]]
    entries: defaultdict[str, dict[str, Any]] = field(
        default_factory=lambda: defaultdict(dict), compare=False, repr=False
    )

    def label(self, term: str, language: str) -> str:
        """The name of a concept's term in a language."""
        concept = self.concepts[term]
        if language == "en":
            return concept.label_en or (concept.english[0] if concept.english else concept.name)
        return concept.label_da or concept.name


BROADER_SHARE = 0.5


def base_key(phrase: str, language: str) -> str:
    """The words of a phrase in base form, joined by blanks."""
    form = english_lemma if language == "en" else base_form
    return " ".join(form(word) for word in words(phrase))


def read_concepts(lines: Iterable[str], kind: str) -> list[Concept]:
    """The concepts of a taxonomy file; empty lines and lines that begin with # are skipped.

    Raises TaxonomyError for a line without a colon or without words.
    """
    concepts = []
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        head, colon, body = line.partition(":")
        name, _, broader = head.partition("<")
        danish, _, english = body.partition("|")
        if not colon or not name.strip() or not body.strip(" |"):
            raise TaxonomyError(f"line {number}: expected 'name: words | words', found {line!r}")
        concepts.append(
            Concept(
                name.strip(),
                kind,
                _listed(broader),
                _listed(danish),
                _listed(english),
            )
        )
    return concepts


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def build(concepts: Iterable[Concept]) -> Taxonomy:
    """A taxonomy ready for look-ups.

    Raises TaxonomyError when a name is given twice or a broader concept is missing.
    """
    table: dict[str, Concept] = {}
    for concept in concepts:
        if concept.term in table:
            raise TaxonomyError(f"{concept.name!r} is there twice")
        table[concept.term] = concept
    keys: dict[str, defaultdict[str, dict[str, float]]] = {language: defaultdict(dict) for language in ("da", "en")}
    for concept in table.values():
        shares = {concept.term: 1.0}
        for name in concept.broader:
            term = f"{concept.kind}:{name}"
            if term not in table:
                raise TaxonomyError(f"{concept.name!r} names the unknown {name!r} as broader")
            shares[term] = BROADER_SHARE
        for language, listed in (("da", concept.danish), ("en", concept.english)):
            for phrase in listed:
                found = keys[language][base_key(phrase, language)]
                for term, share in shares.items():
                    found[term] = max(share, found.get(term, 0.0))
    return Taxonomy(
        table,
        {language: {key: shared(terms) for key, terms in found.items()} for language, found in keys.items()},
        {language: _openers(found) for language, found in keys.items()},
    )


def _openers(phrases: Iterable[str]) -> dict[str, frozenset[str]]:
    following: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        if rest:
            following[first].add(rest.partition(" ")[0])
    return {first: frozenset(seconds) for first, seconds in following.items()}


def shared(terms: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The concepts of one word with the share each gets: a word that may mean several things says less of each."""
    count = max(1, sum(share == 1.0 and term[0] == "c" for term, share in terms.items()))
    return tuple((term, share / count if term[0] == "c" else share) for term, share in terms.items())


EMPTY = build(())
"""No concepts at all: what plain matching uses."""


def shipped_concepts() -> list[Concept]:
    """The concepts and target groups that ship with the engine."""
    data = files(__package__) / "data"
    concepts = []
    for name, kind in (("concepts.txt", "c"), ("target-groups.txt", "g")):
        concepts += read_concepts((data / name).read_text("utf-8").splitlines(), kind)
    return concepts


@lru_cache(maxsize=1)
def default_taxonomy() -> Taxonomy:
    """The taxonomy that ships with the engine."""
    return build(shipped_concepts())
