"""History by database trigger: every insert, update and delete of a tracked model is kept with who and why.

`@tracked()` above a model makes the triggers (through django-pghistory); the middleware adds the person and the
address of the request; `because("…")` adds a reason in words.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import models


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[models.Model]], Any]:
    """Class decorator: keep the history of all fields but `exclude` (figures that say nothing about the matter)."""
    decorator: Callable[[type[models.Model]], Any] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
    )
    return decorator


@contextmanager
def because(reason: str, *, by: Any = None) -> Iterator[None]:
    """Note a reason beside every change made within the block, and outside requests also who makes it."""
    with pghistory.context(reason=reason, **({} if by is None else {"user": by.pk})):
        yield


def history_of(subject: models.Model) -> Any:
    """All kept events of one object, oldest first, with their context (user, address, reason)."""
    return pghistory.models.Events.objects.tracks(subject).order_by("pgh_created_at", "pgh_id")  # type: ignore[no-untyped-call]
