"""English words with their Danish counterparts, for questions and offers in English.

One line an English base form: `laundry: vaskeri, vask`.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def glossary() -> Mapping[str, tuple[str, ...]]:
    """English base form -> Danish base forms, from the file that ships with the engine."""
    text = (files(__package__) / "data" / "glossary.txt").read_text("utf-8")
    table = {}
    for line in text.splitlines():
        english, colon, danish = line.partition(":")
        if colon and not line.startswith("#"):
            table[english.strip()] = tuple(word.strip() for word in danish.split(","))
    return table


def translations(word: str) -> tuple[str, ...]:
    """The Danish words for an English base form; empty when there is none."""
    return glossary().get(word, ())
