"""What effect the two municipalities want."""

from fyrtaarn.effects.loading import load_indicators
from fyrtaarn.effects.models import Outcome, WantedEffect

from ..book import Book, Words
from ..reading import rows


def load(book: Book) -> None:
    load_indicators()
    words, outcomes, wanted = Words.read(), {one.key: one for one in Outcome.objects.all()}, {}
    wishes = [{"key": f"{row['municipality']}/{row['outcome']}", **row} for row in rows("wanted_effects")]
    for row in book.new("wanted_effect", wishes):
        wanted[row["key"]] = WantedEffect.objects.create(
            municipality=words.municipalities[row["municipality"]], outcome=outcomes[row["outcome"]]
        )
    book.write("wanted_effect", wanted)
