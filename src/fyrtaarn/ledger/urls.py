"""The pages of a book, to be mounted where the room that it belongs to has its address.

def find(request, municipality, slug): return pool.book, [(pool.label, pool_path(pool))]

urlpatterns = [path("<kommune:municipality>/puljer/<slug:slug>/regnskab/", include(books_at(find, "pools")))]
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from fyrtaarn.foundation.rules import require

from . import views
from .desk import Desk, Trail
from .models import Book
from .rules import may_read_books

Find = Callable[..., tuple[Book, Trail]]
View = Callable[..., HttpResponseBase]
OWN = ("account", "number")
"""What the addresses of these pages hold themselves; all else is for `find`."""


def books_at(find: Find, namespace: str) -> list[URLPattern]:
    """The addresses. `find` gives the book of an address and the way to it, and says 404 where there is none; that a
    person may read it is asked here. The names are `book`, `book-journal` … in the namespace."""

    def shown(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **address: Any) -> HttpResponseBase:
            own = {name: address.pop(name) for name in OWN if name in address}
            book, trail = find(request, **address)
            require(may_read_books(request.user, book.municipality_id))
            return view(request, Desk(book, trail, namespace, address), **own)

        return page

    return [
        path("", require_safe(shown(views.trial)), name="book"),
        path("konti/<int:account>/", require_safe(shown(views.account)), name="book-account"),
        path("posteringer/", require_safe(shown(views.journal)), name="book-journal"),
        path("posteringer/<int:number>/", require_safe(shown(views.entry)), name="book-entry"),
        path("posteringsfil/", require_safe(shown(views.posting_file)), name="book-file"),
        path(
            "oekonomisystem/",
            require_http_methods(["GET", "HEAD", "POST"])(shown(views.mapping)),
            name="book-mapping",
        ),
    ]
