"""Nouns that every room uses: steps, notices, outgoing mail, files."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import clock


class Step(models.Model):
    """One logged state transition of any subject."""

    subject_type = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=50)
    source = models.CharField(max_length=30)
    target = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index(fields=("subject_type", "subject_id"))]


class Rhythm(models.TextChoices):
    """How often a person wants to be told of a kind of notice by mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NONE = "none", _("Only here, no mail")


class Notice(models.Model):
    """Something one person is told: shown in the product, and mailed in the rhythm that she chose."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    path = models.CharField(max_length=400)
    once = models.CharField(max_length=200, null=True)  # noqa: DJ001 - null: may come more than once
    created = models.DateTimeField(default=clock.now)
    read = models.DateTimeField(null=True)
    mail = models.ForeignKey("OutgoingMail", on_delete=models.SET_NULL, null=True, related_name="notices")
    mail_due = models.BooleanField(default=False)

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("recipient", "kind", "once"), name="notice_told_once"),
        ]
        indexes = [
            models.Index(fields=("recipient", "-created")),
            models.Index(fields=("created",), condition=models.Q(mail_due=True), name="notice_mail_due"),
        ]


class NoticeChoice(models.Model):
    """One person's chosen rhythm for one kind of notice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=60)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("user", "kind"), name="one_choice_a_kind")]


class OutgoingMail(models.Model):
    """A mail that is never sent twice: written in the transaction that causes it, sent by the worker.

    Waiting: neither claimed nor sent. Claimed but not sent: handed over with an unknown or bad outcome (see mail.py).
    """

    key = models.CharField(max_length=200, unique=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    thread = models.CharField(max_length=60, blank=True, db_default="")  # what a reply belongs to: "dialogue-17"
    created = models.DateTimeField(default=clock.now)
    due = models.DateTimeField(default=clock.now)  # not before; moved on after each refused connection
    claimed = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    bounced = models.DateTimeField(null=True)  # the recipient's server said later that it had failed
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=("due",), condition=models.Q(sent=None), name="mail_waiting"),
            models.Index(fields=("bounced",), condition=models.Q(bounced__isnull=False), name="mail_come_back"),
        ]


PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp")


def _file_path(stored: "StoredFile", _name: str) -> str:
    return f"{stored.key.hex[:2]}/{stored.key.hex}"


class StoredFile(models.Model):
    """A file and what we know of it. Private unless its subject's room says otherwise.

    A removed file's content is gone; who kept what when, and who removed it, stays.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(upload_to=_file_path)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    alternative_text = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    subject_type = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded = models.DateTimeField(default=clock.now)
    removed = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("uploaded", "pk")
        indexes = [models.Index(fields=("subject_type", "subject_id"))]
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty")]

    @property
    def url(self) -> str:
        return reverse("foundation:file", args=(self.key, self.name))

    @property
    def is_picture(self) -> bool:
        """Whether pages show it; everything else is downloaded."""
        return self.media_type in PICTURE_TYPES


class SortedByName(models.Model):
    """A model with a Danish name, sorted as a Danish reader expects by a stored key."""

    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        abstract = True
        ordering = ("sort_key", "pk")

    def save(self, *args: Any, **kwargs: Any) -> None:
        from .sorting import danish_key

        self.sort_key = danish_key(self.name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


@pgtrigger.register(pgtrigger.Protect(name="seals_stay", operation=pgtrigger.Update | pgtrigger.Delete))
class Seal(models.Model):
    """One link in the chain that seals the history: what was kept from `since` to before `until` (see sealing.py)."""

    since = models.DateTimeField()
    until = models.DateTimeField()
    digests = models.JSONField()  # by table
    reason = models.TextField(blank=True)  # why sealed history was changed; empty for the nightly seal
    previous = models.CharField(max_length=64, unique=True)  # the hash of the seal before; empty for the first
    hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=models.Q(since__lt=models.F("until")), name="seal_of_a_time")]


class SharedValue(models.Model):
    """One thing that all web processes remember for a while, under a digest of its name."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)


class ClockWatch(models.Model):
    """What the workers have seen of the clock (see watching.py); there is one row."""

    ONLY = 1

    seen = models.DateTimeField()
    even_since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock_watch")]
