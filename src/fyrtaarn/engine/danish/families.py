"""Families of words: what is derived from the same word counts as the same.

A word belongs to the family of another when taking off a derivational ending, and putting
another in its place, gives a base form that the lemma data know: rengøring -> rengøre,
pædagogisk -> pædagog, byggeri -> bygge. `data/families.txt` holds what no such rule explains.
"""

from collections.abc import Mapping, Set

from .learnt import learnt
from .wordlists import lines_of

_VOWELS = frozenset("aeiouyæøå")
_DOUBLED = "+"
# (ending, what may stand in its place, letters the word it is derived from has at least);
# "+" doubles the consonant before. The first rules lead to verbs, the others to any word.
_FROM_VERB = (
    ("ering", ("ere",), 3), ("ation", ("ere",), 3), ("atør", ("ere",), 3), ("ator", ("ere",), 3), ("ktion", ("cere",), 3),
    ("ning", ("e", "+e"), 3), ("ling", ("e", "le"), 3), ("ing", ("e",), 3), ("else", ("e",), 3), ("eri", ("e",), 3),
    ("ende", ("e",), 3), ("erske", ("e",), 3), ("er", ("e",), 3), ("ør", ("ere",), 3), ("ning", ("",), 2),
)  # fmt: skip
_FROM_OTHER = (
    ("isering", ("isk", "", "i"), 3), ("ering", ("",), 5), ("alitet", ("al",), 3), ("itet", ("",), 3), ("erske", ("er",), 3),
    ("mæssig", ("",), 3), ("agtig", ("",), 3), ("eri", ("er",), 3), ("hed", ("",), 3), ("dom", ("",), 3), ("skab", ("",), 3),
    ("iker", ("ik", "i"), 3), ("isk", ("ik", "i", "iker", ""), 5), ("ist", ("isme", "e", ""), 5), ("olog", ("ologi",), 3),
    ("nom", ("nomi",), 3), ("graf", ("grafi",), 3), ("ant", ("",), 5), ("ere", ("",), 5), ("lig", ("",), 5),
    ("ionel", ("ion",), 3), ("urel", ("ur",), 4), ("riel", ("ri",), 4), ("ional", ("ion",), 3), ("atisk", ("a",), 4),
    ("isere", ("isk",), 5), ("inde", ("",), 5), ("øse", ("ør",), 3), ("trice", ("tør",), 3), ("er", ("e", ""), 5),
)  # fmt: skip
_SHORTEST_NOUN = 4


def grouped(bases: Set[str], verbs: Set[str]) -> dict[str, str]:
    """Base form -> the word its family is called by, for known base forms that are derived from another."""
    listed = {word: line[0] for line in lines_of("families.txt") for word in line}
    parents = {}
    for base in bases | listed.keys():
        parent = listed.get(base) or derived_from(base, bases, verbs)
        if parent not in (None, base):
            parents[base] = parent
    return {base: _oldest(base, parents) for base in parents}


def _oldest(word: str, parents: Mapping[str, str]) -> str:
    passed: set[str] = set()
    while (parent := parents.get(word)) is not None and parent not in passed:
        passed.add(parent)
        word = parent
    return word


def derived_from(word: str, bases: Set[str], verbs: Set[str]) -> str | None:
    """The known base form that a word is derived from by its ending, or None."""
    for rules, known in ((_FROM_VERB, verbs), (_FROM_OTHER, bases)):
        for ending, replacements, least in rules:
            kept = word.removesuffix(ending)
            if kept == word or not _VOWELS.intersection(kept):
                continue
            for replacement in replacements:
                parent = kept + replacement.replace(_DOUBLED, kept[-1])
                if len(parent) >= least and parent in known:
                    return parent
    return _noun_of_verb(word, bases) if word in verbs else None


def _noun_of_verb(verb: str, bases: Set[str]) -> str | None:
    """The noun a verb goes with: danse -> dans, cykle -> cykel, hoppe -> hop."""
    candidates = [verb[:-1]]
    if verb[-3:-1] in ("dd", "gg", "kk", "ll", "mm", "nn", "pp", "rr", "ss", "tt"):
        candidates.append(verb[:-2])
    if verb.endswith("le"):
        candidates.append(verb[:-2] + "el")
    return next((noun for noun in candidates if len(noun) >= _SHORTEST_NOUN and noun in bases), None)


def family(base: str) -> str:
    """The word that the family of a base form is called by; the base form itself when it is derived from none."""
    return learnt().families.get(base, base)
