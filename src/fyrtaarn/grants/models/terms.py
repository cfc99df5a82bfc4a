"""Terms over several years: what an organisation gets, what it promises for it, and what a review led to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement, Review
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked


class Giving(models.TextChoices):
    MONEY = "money", _("Money")
    HELP = "help", _("Help to get started")
    ROOMS = "rooms", _("Rooms")


@tracked()
class LongTerm(models.Model):
    """What an organisation gets in the years of an agreement, and the effect that it is bound to. Whole øre."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="long_terms")
    kind = models.CharField(_("what you get"), max_length=10, choices=Giving.choices)
    text = models.CharField(_("in a few words"), max_length=200)
    oere = models.BigIntegerField(_("amount a year"), null=True, blank=True)
    effect = models.CharField(_("the effect that it is bound to"), max_length=300)
    otherwise = models.CharField(_("what happens if it does not come"), max_length=300)

    class Meta:
        ordering = ("agreement", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="money", oere__gt=0) | (~Q(kind="money") & (Q(oere=None) | Q(oere__gt=0))),
                name="long_term_money_has_amount",
            )
        ]


class TermsOutcome(models.TextChoices):
    KEPT = "kept", _("The terms are kept")
    ADJUSTED = "adjusted", _("The terms are adjusted")
    ENDED = "ended", _("The terms end")


@tracked()
class Consequence(models.Model):
    """What a review led to for the terms, and why."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="consequence")
    outcome = models.CharField(_("what happens now?"), max_length=10, choices=TermsOutcome.choices)
    text = models.TextField(_("why, and what exactly?"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "pk")
