"""The shared vocabulary: its published versions, the draft of the next one, and proposals to change it.

There is one vocabulary for the whole installation. How versions come and what each is read with:
docs/decisions/0009-one-vocabulary-in-versions.md.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.foundation.versions import Versioned

from .content import Change, Content, Entry, entry_or_none, from_json

LONGEST_WORD = 80


class VocabularyVersion(models.Model):
    """One published version. Listings are read with the newest, questions with the newest that all listings have."""

    number = models.PositiveIntegerField(primary_key=True)
    content = models.JSONField()  # content.as_json
    note = models.TextField(_("what is new, and why"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published = models.DateTimeField(default=clock.now)
    listings = models.PositiveIntegerField(default=0)  # to be read anew
    looked_at = models.PositiveIntegerField(default=0)  # so far
    changed = models.PositiveIntegerField(default=0)  # of these
    serving_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="vocabulary_numbers_from_one")]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.number})

    @property
    def entries(self) -> Content:
        return from_json(self.content)

    @property
    def progress(self) -> int:
        """Per cent of the listings that have been read anew."""
        if self.serving_since:
            return 100
        return min(99, 100 * self.looked_at // self.listings) if self.listings else 0


class VocabularyDraft(Versioned):
    """What the next version is made of: one row; its `version` counts every change to the concepts below it."""

    shipped = models.JSONField(default=list)  # what the product brought last, as content.as_json

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_vocabulary_draft")]


class ConceptKind(models.TextChoices):
    """The engine's letters."""

    CONCEPT = "c", _("Concept")
    TARGET_GROUP = "g", _("Target group")


@tracked(exclude=("published_as",))
class VocabularyConcept(Versioned):
    """A concept in the draft. Its key never changes: other concepts and stored terms point to it."""

    key = models.CharField(max_length=80)
    kind = models.CharField(_("kind"), max_length=1, choices=ConceptKind.choices, default=ConceptKind.CONCEPT)
    label_da = models.CharField(_("Danish name"), max_length=120)
    label_en = models.CharField(_("English name"), max_length=120, blank=True)
    broader = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    danish = ArrayField(models.CharField(max_length=LONGEST_WORD), default=list, blank=True)
    english = ArrayField(models.CharField(max_length=LONGEST_WORD), default=list, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    withdrawn = models.BooleanField(default=False)
    published_as = models.JSONField(null=True)  # the entry in the newest version; None: not in it
    conflict = models.JSONField(null=True)  # what the product ships instead: an entry, or {} for none
    sort_key = models.CharField(max_length=120, editable=False)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="one_concept_a_key")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = danish_key(self.label_da)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.label_en if get_language() == "en" and self.label_en else self.label_da

    @property
    def term(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def path(self) -> str:
        return reverse("vocabulary:concept", args=(self.pk,))

    @property
    def entry(self) -> Entry:
        """The concept as a version would hold it."""
        return Entry(
            self.key,
            self.kind,
            self.label_da,
            self.label_en,
            tuple(self.broader),
            tuple(self.danish),
            tuple(self.english),
            self.note,
        )

    def take(self, entry: Entry) -> None:
        """Say what the entry says, without saving."""
        self.label_da, self.label_en, self.note = entry.label_da, entry.label_en, entry.note
        self.broader, self.danish, self.english = list(entry.broader), list(entry.danish), list(entry.english)


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")


@tracked()
class Proposal(models.Model):
    """A change of one concept that a municipality proposes. `base` is what its author saw; `wanted` what it shall be."""

    concept = models.ForeignKey(VocabularyConcept, on_delete=models.CASCADE, null=True, related_name="proposals")
    base = models.JSONField(null=True)  # an entry; None for a new concept
    wanted = models.JSONField(null=True)  # an entry; None to withdraw it
    why = models.TextField(_("why"), max_length=1000)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.WAITING)
    answer = models.TextField(_("answer"), blank=True, max_length=1000)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created", "-pk")
        indexes = [models.Index(fields=("-created",), condition=Q(state="waiting"), name="proposals_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(base__isnull=False) | Q(wanted__isnull=False), name="proposal_says_something"
            )
        ]

    @property
    def path(self) -> str:
        return reverse("vocabulary:proposal", args=(self.pk,))

    @property
    def change(self) -> Change:
        """From what the author saw to what it shall be."""
        return Change(entry_or_none(self.base), entry_or_none(self.wanted))


class AskedQuestion(models.Model):
    """How often some words were asked on a day, and what came of it. It holds nothing of who asked, nor when that day."""

    text = models.CharField(max_length=120)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    asked = models.PositiveIntegerField(default=0)
    nothing = models.PositiveIntegerField(default=0)  # found nothing
    opened = models.PositiveIntegerField(default=0)  # led to a result
    opened_late = models.PositiveIntegerField(default=0)  # of these, only to one far down

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("text", "municipality", "day"), nulls_distinct=False, name="one_row_a_question_and_day"
            ),
            models.CheckConstraint(condition=Q(opened__gte=F("opened_late")), name="opened_late_is_opened"),
        ]
        indexes = [models.Index(fields=("day",), name="asked_on")]
