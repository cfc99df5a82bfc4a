"""The rules by which a pool is given, in versions, and the calls in which one can apply."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.versions import Versioned

from .pools import Pool


class RulesState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced by a later version")


class AidRegime(models.TextChoices):
    """Under which European rule a grant counts as state aid."""

    NONE = "none", _("Not state aid")
    DE_MINIMIS = "de_minimis", _("De minimis aid")
    SGEI = "sgei_de_minimis", _("De minimis aid for services of general economic interest")


@tracked()
class PoolRules(Versioned):
    """One numbered version of a pool's rules. Only a draft changes; an application keeps the one it was made under.

    Amounts are whole øre. `kinds`: organisations that may apply (OrganisationKind values; empty: all).
    """

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RulesState.choices, default=RulesState.DRAFT)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    only_home = models.BooleanField(_("only organisations at home in the municipality"), default=False)
    cvr_needed = models.BooleanField(_("a CVR number is needed"), default=True)
    least = models.BigIntegerField(_("least amount"))
    most = models.BigIntegerField(_("greatest amount"))
    own_share = models.PositiveSmallIntegerField(_("own share in percent"), default=0)
    wages_allowed = models.BooleanField(_("wages may be paid"), default=True)
    future_economy = models.BooleanField(_("the future economy is to be shown"), default=True)
    aid_regime = models.CharField(
        _("state aid"), max_length=20, choices=AidRegime.choices, default=AidRegime.DE_MINIMIS
    )
    assessors = models.PositiveSmallIntegerField(_("assessors of each application"), default=2)
    guidance = models.TextField(_("what you should know before you apply"), blank=True)
    guidance_en = models.TextField(_("the same in English"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("pool", "-number")
        verbose_name_plural = "pool rules"
        constraints = [
            models.UniqueConstraint(fields=("pool", "number"), name="one_rules_a_number"),
            models.UniqueConstraint(fields=("pool",), condition=Q(state="draft"), name="one_draft_of_rules"),
            models.UniqueConstraint(fields=("pool",), condition=Q(state="in_force"), name="one_rules_in_force"),
            models.CheckConstraint(condition=Q(least__gt=0, most__gte=F("least")), name="rules_amounts"),
            models.CheckConstraint(condition=Q(own_share__lte=90), name="rules_own_share"),
            models.CheckConstraint(condition=Q(assessors__gte=1, assessors__lte=9), name="rules_assessors"),
        ]

    @property
    def advice(self) -> str:
        """The guidance in the reader's language."""
        return self.guidance_en if get_language() == "en" and self.guidance_en else self.guidance


@tracked()
class Criterion(models.Model):
    """What an application is scored by, from 0 to `most` points, times `weight`."""

    rules = models.ForeignKey(PoolRules, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("criterion"), max_length=120)
    name_en = models.CharField(_("criterion in English"), max_length=120, blank=True)
    guidance = models.TextField(_("what gives many points, and what few"), blank=True)
    guidance_en = models.TextField(_("the same in English"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    most = models.PositiveSmallIntegerField(_("most points"), default=5)

    class Meta:
        ordering = ("rules", "number")
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=("rules", "number"), name="one_criterion_a_number"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight"),
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=100), name="criterion_points"),
        ]

    @property
    def label(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def advice(self) -> str:
        return self.guidance_en if get_language() == "en" and self.guidance_en else self.guidance


@tracked()
class Stage(models.Model):
    """A step on the way, for instance proof of concept and then scaling. `after`: the stage one must have completed."""

    rules = models.ForeignKey(PoolRules, on_delete=models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("stage"), max_length=120)
    name_en = models.CharField(_("stage in English"), max_length=120, blank=True)
    most = models.BigIntegerField(_("greatest amount at this stage"))
    asked = models.TextField(_("what must be shown"), blank=True)
    asked_en = models.TextField(_("the same in English"), blank=True)
    after_earlier = models.BooleanField(_("only after a completed grant of the stage before"), default=False)

    class Meta:
        ordering = ("rules", "number")
        constraints = [
            models.UniqueConstraint(fields=("rules", "number"), name="one_stage_a_number"),
            models.CheckConstraint(condition=Q(most__gt=0), name="stage_amount"),
        ]

    @property
    def label(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def wanted(self) -> str:
        """What must be shown, in the reader's language."""
        return self.asked_en if get_language() == "en" and self.asked_en else self.asked


class CallState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SETTLED = "settled", _("All decided")
    CANCELLED = "cancelled", pgettext_lazy("call", "Called off")


@tracked()
class Call(Versioned):
    """When one can apply: from the day `opens` until the day `closes` has passed; None: at any time (rolling).

    `set_aside`: øre moved from what is free to this call when it is published. `rules` are those in force then.
    `first_closes`: the last day as it was before it was extended.
    """

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="calls")
    rules = models.ForeignKey(PoolRules, on_delete=models.PROTECT, related_name="calls", null=True, blank=True)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    text = models.TextField(_("what this call is about"), blank=True)
    text_en = models.TextField(_("the same in English"), blank=True)
    opens = models.DateField(_("opens on"))
    closes = models.DateField(_("last day to apply"), null=True, blank=True)
    first_closes = models.DateField(null=True, editable=False)
    answer_by = models.DateField(_("answer at the latest"), null=True, blank=True)
    set_aside = models.BigIntegerField(_("money set aside"), default=0)
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-opens", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("pool", "number"), name="one_call_a_number"),
            models.CheckConstraint(condition=Q(closes=None) | Q(closes__gte=F("opens")), name="call_period"),
            models.CheckConstraint(condition=Q(set_aside__gte=0), name="call_money"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(rules__isnull=False), name="published_call_has_rules"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def words(self) -> str:
        """What it is about, in the reader's language."""
        return self.text_en if get_language() == "en" and self.text_en else self.text

    @property
    def key(self) -> str:
        """What its account in the pool's book is called."""
        return f"call-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether one can apply today."""
        today = clock.today()
        return (
            self.state == CallState.PUBLISHED and self.opens <= today and (self.closes is None or today <= self.closes)
        )
