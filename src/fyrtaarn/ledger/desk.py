"""One book as its pages know it: which it is, how a reader came there and where its other pages are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Account, Book, Entry

Trail = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """`address` is what stands in the address before the books' own part."""

    book: Book
    above: Trail
    namespace: str
    address: dict[str, Any]

    def url(self, page: str, query: dict[str, Any] | None = None, **own: Any) -> str:
        """The address of one of the book's pages."""
        found = reverse(f"{self.namespace}:{page}", kwargs={**self.address, **own})
        return f"{found}?{urlencode(query)}" if query else found

    def account_url(self, account: Account, query: dict[str, Any] | None = None) -> str:
        return self.url("book-account", query, account=account.pk)

    def entry_url(self, entry: Entry) -> str:
        return self.url("book-entry", number=entry.number)

    def trail(self, *further: tuple[str, str]) -> Trail:
        """The way to one of the pages; to the books' first page without further ones."""
        return [*self.above, (_("Books"), self.url("book") if further else ""), *further]

    def tabs(self, current: str) -> list[dict[str, Any]]:
        """The pages that every reader goes between."""
        pages = (
            ("book", _("Balances")),
            ("book-journal", _("Entries")),
            ("book-file", _("File for the finance system")),
        )
        return [{"label": label, "url": self.url(page), "current": page == current} for page, label in pages]
