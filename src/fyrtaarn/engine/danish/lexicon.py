"""Danish base forms from the lemma data that the simplemma package installs."""

from collections.abc import Mapping
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found,import-untyped,unused-ignore]
from simplemma.strategies.dictionaries import StreamDictionaryFactory, frontcode

_VOWELS = frozenset("aeiouyæøå")
_dictionaries = StreamDictionaryFactory()


def forms(language: str = "da") -> Mapping[str, str]:
    """Every inflected form with its base form, read-only and compact (about 10 MB)."""
    return _dictionaries.get_dictionary(language)


def vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The distinct lower-case base forms in the lemma data, and those of them that are verbs (half a second).

    A verb is what has a present participle: løbe, løbende.
    """
    # The public view decodes a block for every value; the record iterator reads the stream once.
    stream = forms()
    bases, verbs = set(), set()
    for _, form, base in frontcode._iter_records(stream._data, stream._pos):  # type: ignore[attr-defined]
        bases.add(base)
        if form.endswith(b"nde") and form[: len(base)] == base and form[len(base) :] in (b"nde", b"ende"):
            verbs.add(base)
    return tuple(frozenset(word for one in found if (word := one.decode())[0].islower()) for found in (bases, verbs))  # type: ignore[return-value]


# Forms whose own meaning differs from that of the base form in the dictionary.
_OWN = {
    "ældre": "ældre", "unge": "ung", "unges": "ung", "ældres": "ældre", "udsatte": "udsat", "udsattes": "udsat",
    "hjemløse": "hjemløs", "hjemløses": "hjemløs", "ledige": "ledig", "lediges": "ledig",
    "ledighed": "ledighed", "voksne": "voksen", "børn": "barn", "børns": "barn", "sager": "sag",
    "cykler": "cykel", "cyklerne": "cykel", "cyklernes": "cykel", "møbler": "møbel", "møblerne": "møbel",
    "dyr": "dyr", "dyret": "dyr", "priser": "pris", "priserne": "pris", "bad": "bad", "kurser": "kursus", "kurserne": "kursus",
    "toiletter": "toilet", "toiletterne": "toilet", "sang": "sang", "smed": "smed", "lager": "lager", "pap": "pap",
    "leder": "leder", "læs": "læs", "mur": "mur", "kvarter": "kvarter", "hop": "hop", "sved": "sved", "skur": "skur",
    "rør": "rør", "dør": "dør", "top": "top", "tyve": "tyve", "tømmer": "tømmer",
    "bage": "bage", "fakta": "fakta", "publikummer": "publikum",
    "centret": "center", "centrene": "center", "centre": "center", "fædre": "far", "faderen": "far", "mødre": "mor",
}  # fmt: skip


@lru_cache(maxsize=8_192)
def lemma(form: str) -> str | None:
    """The base form of a lower-case Danish word, or None when it is not known.

    A genitive -s is taken off where the dictionary lacks the genitive.
    """
    own = _OWN.get(form)
    if own is not None:
        return own
    table = forms()
    for candidate in (form, form.capitalize(), form.upper()):
        found = table.get(candidate)
        if found is not None:
            return found.lower()
    if form.endswith("s") and len(form) > 3:
        found = table.get(form[:-1]) or table.get(form[:-1].capitalize())
        if found is not None:
            return found.lower()
    return None


@lru_cache(maxsize=8_192)
def is_name(form: str) -> bool:
    """Whether the lemma data know a lower-case word only with a capital, as a name."""
    table = forms()
    return table.get(form) is None and table.get(form.capitalize()) is not None


@lru_cache(maxsize=8_192)
def english_lemma(form: str) -> str:
    """The base form of a lower-case English word, or the word itself."""
    found = forms("en").get(form)
    return form if found is None else found.lower()


def knows_english(form: str) -> bool:
    """Whether a lower-case word is in the English dictionary."""
    return forms("en").get(form) is not None


_stemmer = Stemmer.Stemmer("danish")


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """The Snowball stem (https://snowballstem.org/algorithms/danish/stemmer.html)."""
    return str(_stemmer.stemWord(word))


# Endings that turn a root into another kind of word, longest first.
_DERIVATIONS = (
    "eringen", "ationen", "ering", "ation", "atør", "ator", "ning", "else", "elig",
    "ende", "ling", "isk", "ere", "hed", "ing", "lig", "ist", "sel", "er", "ør", "ig", "e",
)  # fmt: skip


@lru_cache(maxsize=8_192)
def root(word: str) -> str:
    """The word without its last derivational ending: rengøring, rengøre -> rengør.

    At least four letters with a vowel among them are left.
    """
    for ending in _DERIVATIONS:
        kept = word[: -len(ending)]
        if len(kept) >= 4 and word.endswith(ending) and _VOWELS.intersection(kept):
            return undouble(kept)
    return undouble(word)


def undouble(word: str) -> str:
    """The word with a double consonant at its end made single: kopp -> kop."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS:
        return word[:-1]
    return word
