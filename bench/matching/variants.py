"""Questions made harder: with slips of the keyboard, and in English."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fyrtaarn.engine.matching import Document

_LETTERS = "abcdefghijklmnoprstuvyæøå"
ENGLISH = Path(__file__).parent / "english.jsonl"


def slip(word: str, source: random.Random) -> str:
    """The word with one letter swapped with the next, lost, added or changed."""
    place = source.randrange(len(word) - 1)
    letter = source.choice(_LETTERS)
    return source.choice(
        (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
        )
    )


def with_slips(question: Document, source: random.Random) -> Document:
    """The question with a slip in every fifth word of at least four letters."""

    def spoil(text: str) -> str:
        return re.sub(
            r"\b[^\W\d_]{4,}\b",
            lambda match: slip(match.group(), source) if source.random() < 0.2 else match.group(),
            text,
        )

    return replace(question, title=spoil(question.title), text=spoil(question.text))


def translated(asked: Sequence[Document]) -> list[Document]:
    """The questions that our own translations cover, in English."""
    english = {}
    for line in ENGLISH.read_text("utf-8").splitlines():
        values = json.loads(line)
        english[values["id"], values["first"]] = values
    return [
        replace(one, title=values["title"], text=values["text"], language="en")
        for one in asked
        if (values := english.get((one.id, one.title.partition(" ")[0]))) is not None
    ]
