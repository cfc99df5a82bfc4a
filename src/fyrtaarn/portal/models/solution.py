"""A solution: what an organisation offers."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from .drafts import Drafted, NotDeleted

REMINDED_BEFORE = timedelta(days=14)


class SolutionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Offered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Stage(models.TextChoices):
    IDEA = "idea", _("An idea")
    TRIED = "tried", _("Tried out")
    PROVEN = "proven", _("Proven")
    SCALED = "scaled", _("Scaled")


class CapacityNow(models.TextChoices):
    NONE = "none", _("No room at present")
    SOME = "some", _("Some room")
    PLENTY = "plenty", _("Plenty of room")


class PriceModel(models.TextChoices):
    FREE = "free", _("Free of charge")
    FIXED = "fixed", _("A fixed price")
    HOURLY = "hourly", _("By the hour")
    PER_PLACE = "per_place", _("By place or participant")
    SUBSCRIPTION = "subscription", _("Subscription")
    AGREEMENT = "agreement", _("By agreement")


@tracked(exclude=("saved_from",))
class Solution(Drafted, Versioned):
    """An organisation's offer. A draft may be incomplete; what is offered has a title and a text."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="solutions", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    what = models.TextField(_("what does it do?"), blank=True)
    for_whom = models.TextField(_("for whom?"), blank=True)
    evidence = models.TextField(_("what shows that it works?"), blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.IDEA)
    themes = models.ManyToManyField(Theme, blank=True, related_name="solutions", verbose_name=_("themes"))
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="solutions", verbose_name=_("target groups")
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="solutions", verbose_name=_("UN goals"))
    districts = models.ManyToManyField(District, blank=True, related_name="solutions", verbose_name=_("districts"))
    delivers_in = models.ManyToManyField(
        Municipality, blank=True, related_name="solutions_delivered", verbose_name=_("also delivered in")
    )
    delivers_everywhere = models.BooleanField(_("delivered in the whole country"), default=False)
    capacity = models.CharField(_("how many or how much at a time?"), max_length=200, blank=True)
    capacity_now = models.CharField(
        _("room at present"), max_length=10, choices=CapacityNow.choices, default=CapacityNow.SOME
    )
    price_model = models.CharField(
        _("price model"), max_length=15, choices=PriceModel.choices, default=PriceModel.AGREEMENT
    )
    price_note = models.CharField(_("about the price"), max_length=200, blank=True)
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES, default="da")
    state = models.CharField(max_length=10, choices=SolutionState.choices, default=SolutionState.DRAFT)
    confirmed = models.DateField(_("confirmed"), default=clock.today)
    confirm_every = models.PositiveSmallIntegerField(
        _("ask me again after (days)"),
        default=180,
        validators=[MinValueValidator(30), MaxValueValidator(730)],
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)
    published = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Solution"]] = NotDeleted()
    with_deleted: ClassVar[models.Manager["Solution"]] = models.Manager()

    class Meta:
        ordering = ("-published", "-pk")
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(title="") & ~Q(what="") & Q(published__isnull=False)),
                name="offered_solution_is_whole",
            ),
            models.CheckConstraint(condition=Q(confirm_every__gte=30, confirm_every__lte=730), name="confirm_interval"),
            models.CheckConstraint(condition=Q(state="draft") | Q(deleted=None), name="only_draft_solution_deleted"),
        ]

    def __str__(self) -> str:
        return self.title or gettext("Solution without a title")

    @property
    def path(self) -> str:
        """The address of its page."""
        return reverse("portal:solution", args=(self.pk, danish_slug(self.title)))

    @property
    def fresh_until(self) -> date:
        """The day from which the offer is stale unless its owner confirms it."""
        return self.confirmed + timedelta(days=self.confirm_every)

    @property
    def is_stale(self) -> bool:
        return self.fresh_until <= clock.today()

    @property
    def wants_confirmation(self) -> bool:
        """Whether its owner is asked now whether it still holds."""
        return self.state == SolutionState.PUBLISHED and self.fresh_until <= clock.today() + REMINDED_BEFORE


@tracked()
class Reference(models.Model):
    """Where the solution has been used before."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="references")
    title = models.CharField(_("where or with whom"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    note = models.TextField(_("what came of it"), blank=True)

    class Meta:
        ordering = ("-year", "pk")
