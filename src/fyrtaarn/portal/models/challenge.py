"""A challenge: what a municipality seeks help with."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department, District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.listings.models import Audience
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from .drafts import Drafted, NotDeleted


class ChallengeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Seeking solutions")
    IN_DIALOGUE = "in_dialogue", _("In dialogue")
    IN_TRIAL = "in_trial", _("In trial")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


class Possibility(models.TextChoices):
    TRIAL = "trial", _("A trial")
    PURCHASE = "purchase", _("A purchase")
    PARTNERSHIP = "partnership", _("A partnership")
    FUNDING = "funding", _("Funding")


ENDED_STATES = (ChallengeState.SOLVED, ChallengeState.CLOSED)
OPEN_STATES = (ChallengeState.PUBLISHED, ChallengeState.IN_DIALOGUE, ChallengeState.IN_TRIAL)


@tracked(exclude=("saved_from",))
class Challenge(Drafted, Versioned):
    """A department's challenge, owned together with other departments where it crosses them.

    A draft may be incomplete; what is published has a title, a situation and an owner.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="challenges")
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="challenges",
        verbose_name=_("department"),
    )
    partners = models.ManyToManyField(
        Department, blank=True, related_name="shared_challenges", verbose_name=_("owned together with")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    situation = models.TextField(_("what is the situation?"), blank=True)
    whom = models.TextField(_("whom does it concern?"), blank=True)
    change = models.TextField(_("which change do you want?"), blank=True)
    where = models.CharField(_("where?"), max_length=200, blank=True)
    districts = models.ManyToManyField(District, blank=True, related_name="challenges", verbose_name=_("districts"))
    when = models.CharField(_("when?"), max_length=200, blank=True)
    needed_by = models.DateField(_("answers wanted before"), null=True, blank=True)
    possibilities = ArrayField(
        models.CharField(max_length=15, choices=Possibility.choices),
        default=list,
        blank=True,
        verbose_name=_("what is possible?"),
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="challenges", verbose_name=_("themes"))
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="challenges", verbose_name=_("target groups")
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="challenges", verbose_name=_("UN goals"))
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )
    audience = models.CharField(
        _("who can see it?"), max_length=15, choices=Audience.choices[:2], default=Audience.PUBLIC
    )
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES, default="da")
    state = models.CharField(max_length=15, choices=ChallengeState.choices, default=ChallengeState.DRAFT)
    learned = models.TextField(_("what did you learn?"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    updated = models.DateTimeField(default=clock.now)
    published = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Challenge"]] = NotDeleted()
    with_deleted: ClassVar[models.Manager["Challenge"]] = models.Manager()

    class Meta:
        ordering = ("-published", "-pk")
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | (~Q(title="") & ~Q(situation="") & Q(department__isnull=False) & Q(published__isnull=False)),
                name="published_challenge_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("solved", "closed")) | ~Q(learned=""), name="ended_challenge_has_learned"
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(deleted=None), name="only_draft_challenge_deleted"),
        ]

    def __str__(self) -> str:
        return self.title or gettext("Challenge without a title")

    @property
    def path(self) -> str:
        """The address of its page."""
        slug = danish_slug(self.title)
        return reverse("portal:challenge", args=(self.municipality.slug, self.pk, slug))

    @property
    def owners(self) -> list[Department]:
        """The department that leads and those that own it together with it, in that order."""
        lead = [self.department] if self.department else []
        return [*lead, *self.partners.all()]
