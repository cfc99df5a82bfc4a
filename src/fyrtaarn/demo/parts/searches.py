"""Searches that some personas keep."""

from fyrtaarn.listings.models import SavedSearch

from ..book import Book, Words
from ..moments import moment
from ..reading import rows

KEPT_DAYS = 21


def load(book: Book) -> None:
    words = Words.read()
    kept = [row for row in book.new("search", rows("searches")) if row["kept_by"]]
    searches = {
        row["key"]: SavedSearch(
            user_id=book.pk("person", row["kept_by"]),
            name=row["text"][:1].upper() + row["text"][1:],
            kind=row["kind"],
            municipality=words.municipalities.get(row["municipality"]),
            question=row["text"],
            rhythm=row["rhythm"],
            created=moment(KEPT_DAYS, row["key"]),
        )
        for row in kept
    }
    SavedSearch.objects.bulk_create(searches.values())
    book.write("search", searches)
