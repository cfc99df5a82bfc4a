"""Whether an offer's text says that it can be delivered anywhere, not only in its own municipality."""

import re

from .documents import Document

_HINTS = (
    "landet", "landsd", "landsp", "land og", "danmark", "uanset", "ligegyldigt", "kommuner", "byer", "gerne", "ud til",
    "rykke", "kan flyttes", "rejser rundt", "regioner",
    "storebælt", "broen", "online", "på zoom", "på teams", "digitalt", "med posten", "pr. post", "denmark", "municipalities",
    "country", "kørsel e", "plus kørsel", "betaler ",
)  # fmt: skip
"""One of these stands in every text that the pattern finds; looking for them is much faster."""
_PATTERN = re.compile(
    "|".join(
        (
            r"\b(hele|resten af) (landet|danmark)\b",
            r"\b(landsdækkende|på landsplan|overalt i (landet|danmark)|land og rige|på tværs af (landet|kommuner))\b",
            r"\b(uanset|ligegyldigt) (hvor i|afstand\w*|kommune\w*|hvilken kommune|postnummer\w*)",
            r"\b(andre|flere|øvrige|alle|mange|\d+) (kommuner|byer|landsdele|regioner)\b",
            r"\b(kører|kommer|rykker|tager|rejser) (også |altid |vi |jeg )*(gerne )?ud til\b",
            r"\b(kører|rykker|flytter|kommer|rejser) gerne\b",
            r"\b(rejser rundt|rykker ud|rykker (også |gerne )ud|kan flyttes|kan rykkes)\b",
            r"\b(over storebælt|begge sider af (storebælt|broen))\b",
            r"\b(foregår|afholdes|kan holdes|kan også (fås|gives|holdes)) (\w+ )?(online|på zoom|på teams|på skærm|digitalt)\b",
            r"\b(helt digitalt|med posten|pr\. post|kørsel efter regning|plus kørsel|betaler (kørslen|transporten))",
            r"\b(nationwide|anywhere in denmark|all over denmark|other municipalities|whole country|across the country)\b",
        )
    )
)


def moves(document: Document) -> bool | None:
    """True where the text says that the offer moves, else None: it does not say."""
    text = f"{document.title}. {document.text}".lower()
    return True if any(hint in text for hint in _HINTS) and _PATTERN.search(text) else None
