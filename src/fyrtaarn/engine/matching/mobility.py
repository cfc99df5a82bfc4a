"""Whether an offer's text says that it can be delivered anywhere, not only in its own municipality."""

from .documents import Document

_PHRASES = (
    "hele landet", "hele danmark", "resten af landet", "landsdækkende", "på landsplan", "overalt i ", "land og rige",
    "på tværs af landet", "på tværs af kommuner", "uanset hvor i", "uanset kommune", "uanset hvilken kommune", "uanset afstand",
    "andre kommuner", "flere kommuner", "øvrige kommuner", "alle kommuner", "mange kommuner", "andre byer", "flere byer",
    "rykker ud", "rykker gerne", "rykker også", "kører gerne", "kører ud til", "kører også", "kommer gerne", "kommer ud til",
    "kommer også ud", "flytter gerne", "rejser gerne", "rejser rundt", "tager gerne ud", "kan flyttes", "over storebælt",
    "begge sider af storebælt", "foregår online", "holdes online", "helt digitalt", "med posten", "pr. post", "plus kørsel",
    "nationwide", "anywhere in denmark", "all over denmark", "other municipalities", "whole country",
)  # fmt: skip


def moves(document: Document) -> bool | None:
    """True where the text says that the offer moves, else None: it does not say."""
    text = f"{document.title}. {document.text}".lower()
    for phrase in _PHRASES:
        if phrase in text:
            return True
    return None
