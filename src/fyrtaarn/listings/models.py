"""The index of all that is sought and offered, and the searches that people keep.

A listing is the identity of something sought or offered: it stays while its subject lives, other rooms point to it,
and the rebuild of the index renews it in place. How the index is kept: docs/decisions/0003-index-in-postgresql.md.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality, Place
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.organisations.models import Organisation

BLOCK = 8192
"""Listings in one row of bits; 1 kB a row, so that PostgreSQL keeps it in place."""


class Side(models.TextChoices):
    SOUGHT = "sought", _("Sought")
    OFFERED = "offered", _("Offered")
    ABOUT = "about", _("About")  # an organisation: neither sought nor offered, but found by the same search


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MUNICIPALITY = "municipality", _("The municipality's own employees")
    OWNERS = "owners", _("Only you and your colleagues")


class Listing(Place):
    """One thing sought or offered, as search and matching see it. Lists hold primary keys unless said otherwise."""

    kind = models.CharField(max_length=30)  # the registered kind: "challenge", "solution", "organisation", …
    subject_id = models.BigIntegerField()
    side = models.CharField(max_length=10, choices=Side.choices)
    audience = models.CharField(max_length=15, choices=Audience.choices)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="listings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="listings")
    path = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, editable=False)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="da")
    departments = ArrayField(models.BigIntegerField(), default=list)
    districts = ArrayField(models.BigIntegerField(), default=list)
    themes = ArrayField(models.BigIntegerField(), default=list)
    target_groups = ArrayField(models.BigIntegerField(), default=list)
    goals = ArrayField(models.PositiveSmallIntegerField(), default=list)  # UN goal numbers
    delivers_in = ArrayField(models.BigIntegerField(), default=list)  # municipalities besides its own
    delivers_everywhere = models.BooleanField(default=False)
    movable = models.BooleanField(null=True)  # what the words say of delivery elsewhere; None: nothing
    state = models.CharField(max_length=30, blank=True)
    stage = models.CharField(max_length=30, blank=True)
    capacity = models.CharField(max_length=30, blank=True)
    confirmed = models.DateField(null=True)  # when its owner last said that it holds
    fresh_until = models.DateField(null=True)  # the day from which it is stale unless she says so again
    fresh = models.BooleanField(default=True)  # kept, not reckoned, so that an index serves the order of lists
    published = models.DateTimeField(null=True)
    updated = models.DateTimeField(default=clock.now)
    ended = models.DateTimeField(null=True)  # no longer found; kept for those who point to it
    codes = ArrayField(models.CharField(max_length=60), default=list)  # what it can be filtered by; see codes.py
    analysis_version = models.PositiveIntegerField(default=0)  # 0: not yet analysed

    class Meta:
        ordering = ("-fresh", "-published", "-pk")
        constraints = [models.UniqueConstraint(fields=("kind", "subject_id"), name="one_listing_a_subject")]
        indexes = [
            models.Index(fields=("-fresh", "-published", "-id"), condition=Q(ended=None), name="listing_newest"),
            models.Index(
                fields=("kind", "-fresh", "-published", "-id"), condition=Q(ended=None), name="listing_newest_of_kind"
            ),
            models.Index(fields=("fresh_until",), condition=Q(ended=None, fresh=True), name="listing_to_sink"),
            models.Index(fields=("sort_key", "id"), condition=Q(ended=None), name="listing_by_name"),
            models.Index(fields=("kind", "sort_key", "id"), condition=Q(ended=None), name="listing_by_name_of_kind"),
            GinIndex(fields=("codes",), name="listing_codes"),
            GinIndex(fields=("departments",), condition=Q(organisation=None), name="listing_departments"),
        ]

    def __str__(self) -> str:
        return self.title


class TermVector(models.Model):
    """All terms of one listing with their weights (see packing.py): the document's side of the score, by which a search
    scores and explains it. A term's number is that of the term on the listing's shelf (see terms.py)."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, primary_key=True, related_name="vector")
    terms = models.BinaryField()
    weights = models.BinaryField()


class Term(models.Model):
    """The listings on a shelf that hold a term, as of the last folding; `text` is "shelf/term" (see terms.py).

    `listings` and `weights` are the postings (see packing.py), the heaviest last, so that a search reads their end alone.
    """

    id = models.BigIntegerField(primary_key=True)
    text = models.CharField(max_length=130)
    frequency = models.IntegerField(default=0)
    listings = models.BinaryField(default=b"")
    weights = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=("text",), name="term_text", opclasses=("varchar_pattern_ops",))]


class Unfolded(models.Model):
    """A change that the counted tables (Term, Bits) do not hold yet; written with the change, removed by folding."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    gained = ArrayField(models.CharField(max_length=130), default=list)  # terms in words, "shelf/term"
    lost = ArrayField(models.BigIntegerField(), default=list)  # numbers of terms


class BitsField(models.TextField):  # type: ignore[type-arg]
    """A bit string of BLOCK bits."""

    def db_type(self, connection: object) -> str:
        return f"bit({BLOCK})"


class Bits(models.Model):
    """Which listings of one block (number // BLOCK) have a code: one bit a listing, so that counting is fast."""

    code = models.CharField(max_length=60)
    block = models.IntegerField()
    bits = BitsField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("code", "block"), name="one_row_of_bits")]


class SavedSearch(models.Model):
    """A search that a person keeps; tells her when something new fits."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=30, blank=True)  # empty: all kinds
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, null=True)
    question = models.CharField(max_length=400, blank=True)
    filters = models.JSONField(default=dict)
    terms = models.BinaryField(null=True)  # packed numbers of what is asked for (weighing.py); None: not yet weighed
    shares = models.BinaryField(null=True)  # of the whole question, term by term
    language = models.CharField(max_length=2, blank=True)  # the question's
    folded = models.BooleanField(default=False)  # whether SearchTerm holds it as it is
    rhythm = models.CharField(_("tell me"), max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created", "-pk")
        indexes = [models.Index(fields=("id",), condition=Q(folded=False), name="searches_to_fold")]

    def __str__(self) -> str:
        return self.name


class SearchTerm(models.Model):
    """The saved searches that ask for a term, and its share of each, as of the last folding of searches (weighing.py).

    May still hold searches that have been deleted or weighed anew since.
    """

    id = models.BigIntegerField(primary_key=True)
    searches = models.BinaryField()
    shares = models.BinaryField()


class SavedSearchHit(models.Model):
    """A listing that fits a saved search, found once; `told` when its person has got a notice."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="hits")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField(default=clock.now)
    told = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [models.UniqueConstraint(fields=("search", "listing"), name="one_hit_a_listing")]
        indexes = [models.Index(fields=("search",), condition=Q(told=None), name="hits_to_tell")]
