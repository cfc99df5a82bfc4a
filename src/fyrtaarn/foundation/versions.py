"""Two people editing the same thing: the second is told, and nothing is lost.

A `Versioned` model counts its saves. A form carries the version it was opened with; `claim_version` locks the row
and raises `Conflict` when somebody else has saved since.
"""

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .holding import hold

V = TypeVar("V", bound="Versioned")


class Versioned(models.Model):
    """A model whose saves are counted, so that a form knows whether it was overtaken."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody else saved `current` after the form was opened."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"{current!r} was changed in the meantime")
        self.current = current


def claim_version(subject: V, version: int) -> V:
    """Lock and return the row as it is now, its version counted up by one (save it yourself).

    Call inside a transaction. Raises Conflict when the stored version is not `version`, Gone when there is none.
    """
    locked = hold(type(subject)._default_manager.all(), subject.pk)
    if locked.version != version:
        raise Conflict(locked)
    locked.version += 1
    return locked
