"""Terms over several years: what an organisation gets, what it promises for it, and what a review led to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement, Party, Review
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked


class Giving(models.TextChoices):
    MONEY = "money", _("Money")
    HELP = "help", _("Help to get started")
    ROOMS = "rooms", _("Rooms")


class TermsOutcome(models.TextChoices):
    KEPT = "kept", _("The terms are kept")
    ADJUSTED = "adjusted", _("The terms are adjusted")
    ENDED = "ended", _("The terms end")


class ConsequenceState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for the other party")
    AGREED = "agreed", _("In force")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


@tracked()
class Consequence(models.Model):
    """What a review led to for the terms, and why. Adjusted terms hold once the other party has said yes."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="consequences")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("what happens now?"), max_length=10, choices=TermsOutcome.choices)
    text = models.TextField(_("why, and what exactly?"))
    state = models.CharField(max_length=10, choices=ConsequenceState.choices, default=ConsequenceState.AGREED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("answer"), blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("review",),
                condition=Q(state__in=("proposed", "agreed")),
                name="one_consequence_of_a_review",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="consequence_has_reason"),
            models.CheckConstraint(
                condition=Q(outcome="adjusted") | Q(state="agreed"), name="only_adjusted_terms_are_proposed"
            ),
        ]


@tracked()
class LongTerm(models.Model):
    """What an organisation gets in the years of an agreement, and the effect that it is bound to. Whole øre.

    `since`: the review's consequence that adjusts it, None from the beginning; `replaces` is the term as it was before.
    A term holds when its agreement does, its consequence is agreed on, and no later one has replaced it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="long_terms")
    kind = models.CharField(_("what you get"), max_length=10, choices=Giving.choices)
    text = models.CharField(_("in a few words"), max_length=200)
    oere = models.BigIntegerField(_("amount a year"), null=True, blank=True)
    effect = models.CharField(_("the effect that it is bound to"), max_length=300)
    otherwise = models.CharField(_("what happens if it does not come"), max_length=300)
    since = models.ForeignKey(Consequence, on_delete=models.PROTECT, null=True, related_name="terms")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")

    class Meta:
        ordering = ("agreement", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="money", oere__gt=0) | (~Q(kind="money") & (Q(oere=None) | Q(oere__gt=0))),
                name="long_term_money_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(since=None, replaces=None) | Q(since__isnull=False, replaces__isnull=False),
                name="adjusted_term_replaces_one",
            ),
        ]
