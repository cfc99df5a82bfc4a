"""Pictures of the invented solutions whose title or first theme tells what to draw."""

import hashlib
import re
from functools import cache

from django.core.files.base import ContentFile

from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.portal.models import Solution

from ..book import Book, Row
from ..drawing import MOTIFS, WIDTH, drawn
from ..reading import rows

BY_WORD = (
    ("cykel", r"cykl|cykel"),
    ("have", r"\bhave(r|n|terapi)\b|køkkenhave|blomst|højbed|bedelaug"),
    ("sytoej", r"\bsy(tue|er)|tekstil|(?<!værk)(?<!lege)tøj|uniform|linned|gardin|strik"),
    ("koekken", r"køkken|\bmad|måltid|suppe|\bspis|\bbager|kantine|brød|aftensmad"),
    ("boeger", r"\bbogb|\bbøger|læsekreds|lektie|\bdansk\b"),
    ("skaerm", r"digital|medie|computer|\bit\b|skærm|bærbar|\bapp\b"),
    ("bus", r"bus(sen)?\b|kørsel|\bkør(er)?\b"),
    ("trae", r"\btræerne|\bskov|natur|\bpark(en)?\b|frugt|æble"),
    ("vaerksted", r"(?<!ler)værksted|repar|møbl|snedker|\bbygge(r|lager)\b"),
    ("hus", r"\bhuse\b|bolig|forsamlingshus|medborgerhus|pakhus"),
)
"""The words in a title, and what they are drawn as; the first that is there counts."""
BY_THEME = {
    "mad-og-madspild": "koekken",
    "ensomhed-og-faellesskab": "mennesker",
    "frivillighed-og-foreninger": "mennesker",
    "integration-og-sprog": "mennesker",
    "mobilitet": "bus",
    "digital-hjaelp": "skaerm",
    "aeldre-og-omsorg": "haender",
}
LEFT, RIGHT = 90, WIDTH - 90


def load(book: Book) -> None:
    new = [row for row in book.new("picture", rows("solutions")) if motif_of(row)]
    solutions = Solution.objects.select_related("organisation__home")
    found = solutions.in_bulk([book.pk("solution", row["key"]) for row in new])
    kept = {}
    for row in new:
        solution = found.get(book.pk("solution", row["key"]))
        if solution is not None:
            kept[row["key"]] = picture(motif_of(row), solution)
    StoredFile.objects.bulk_create(kept.values())
    book.write("picture", kept)


def motif_of(row: Row) -> str:
    """What is drawn for a solution; empty where nothing would tell more than its words."""
    title = row["title"].lower()
    by_word = next((motif for motif, pattern in BY_WORD if re.search(pattern, title)), "")
    return by_word or BY_THEME.get(row["themes"][0], "")


def picture(motif: str, solution: Solution) -> StoredFile:
    """The picture as one of the solution's files, its content kept and its row not yet saved."""
    content = _drawn(motif, solution.organisation.home.accent, LEFT if solution.pk % 2 else RIGHT)
    stored = StoredFile(
        name=f"{motif}.png",
        media_type="image/png",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        alternative_text=MOTIFS[motif][1],
        subject_type=Solution._meta.label_lower,
        subject_id=solution.pk,
        uploaded_by_id=solution.created_by_id,
        uploaded=solution.created,
    )
    stored.content.save(stored.name, ContentFile(content), save=False)
    return stored


@cache
def _drawn(motif: str, accent: str, sun: int) -> bytes:
    return drawn(motif, accent, sun)
