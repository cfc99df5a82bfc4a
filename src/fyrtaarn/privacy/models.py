"""Requests to be erased, and copies of what is held."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from fyrtaarn.foundation import clock

CALL_BACK_DAYS = 14
COPY_DAYS = 7


class Erasure(models.Model):
    """Somebody's wish to be erased. It can be called back until it is carried out, on the day `due` or soon after."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures")
    asked = models.DateTimeField(default=clock.now)
    due = models.DateField()
    called_back = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person",), condition=Q(called_back=None, done=None), name="one_waiting_erasure"
            ),
            models.CheckConstraint(condition=Q(called_back=None) | Q(done=None), name="erased_or_called_back"),
        ]


def _copy_path(copy: "Copy", _name: str) -> str:
    return f"copies/{copy.key.hex}"


class Copy(models.Model):
    """A copy of all that is held on a person, made by the worker on her wish; its file is there for a week."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="copies")
    asked = models.DateTimeField(default=clock.now)
    made = models.DateTimeField(null=True)
    content = models.FileField(upload_to=_copy_path, blank=True)

    class Meta:
        ordering = ("-asked", "-pk")

    @property
    def is_here(self) -> bool:
        """Whether its file can be fetched now."""
        return bool(self.content) and self.asked > clock.now() - timedelta(days=COPY_DAYS)
