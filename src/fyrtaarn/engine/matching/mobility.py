"""Whether an offer's text says that it can be delivered in other municipalities."""

import re

from .documents import Document

_MOVES = re.compile(
    r"hele landet|landsdækkende|på landsplan|uanset hvor|i hele danmark|hele sjælland|hele jylland"
    r"|(?:rykker|kører|rejser|tager|kommer|flytter)\s+(?:gerne\s+)?(?:rundt|ud til|til andre|til hele)"
    r"|andre kommuner|flere kommuner|øvrige kommuner|over hele|på tværs af kommuner|kan flyttes"
    r"|\bonline\b|\bdigitalt\b|\bnationwide\b|anywhere in denmark|all over denmark|other municipalities",
    re.IGNORECASE,
)


def moves(document: Document) -> bool | None:
    """True where the text says that the offer moves, else None: it does not say."""
    return True if _MOVES.search(f"{document.title}. {document.text}") else None
