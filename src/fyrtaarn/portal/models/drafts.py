"""Drafts: written while a person types, deleted with a way back."""

import uuid
from datetime import timedelta
from typing import TypeVar

from django.db import models

DELETED_DRAFT_KEPT = timedelta(days=30)


M = TypeVar("M", bound=models.Model)


class NotDeleted(models.Manager[M]):
    """What has not been deleted."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(deleted=None)


class Drafted(models.Model):
    """Begins as a draft. `draft_key` is chosen by the empty form, so that two saves of one form make one draft."""

    draft_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    saved_from = models.CharField(max_length=36, blank=True, editable=False)  # the open page that saved last
    deleted = models.DateTimeField(null=True, blank=True, editable=False)  # drafts only; gone after 30 days

    class Meta:
        abstract = True
