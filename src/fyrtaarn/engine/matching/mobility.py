"""Whether an offer's text says that it can be delivered in other municipalities."""

from .documents import Document

_PHRASES = (
    "hele landet", "landsdækkende", "på landsplan", "uanset hvor i", "i hele danmark", "hele sjælland", "hele jylland",
    "kører ud til", "rykker ud", "rykker gerne ud", "kommer ud til", "kommer gerne ud", "rejser rundt", "kører gerne",
    "til andre kommuner", "andre kommuner", "flere kommuner", "øvrige kommuner", "andre byer", "på tværs af kommuner",
    "kan flyttes", "flytter gerne", "rykker gerne", "foregår online", "helt digitalt", "nationwide",
    "anywhere in denmark", "all over denmark", "other municipalities", "whole country",
)  # fmt: skip


def moves(document: Document) -> bool | None:
    """True where the text says that the offer moves, else None: it does not say."""
    text = f"{document.title}. {document.text}".lower()
    return True if any(phrase in text for phrase in _PHRASES) else None
