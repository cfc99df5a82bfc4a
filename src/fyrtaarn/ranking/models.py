"""Examples: questions with the answers that should come up."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.listings.models import Listing


@tracked()
class RankingExample(models.Model):
    """A question as people ask it, among one kind of listing or all."""

    question = models.CharField(_("question"), max_length=200)
    kind = models.CharField(_("among"), max_length=30, blank=True)  # a registered kind of listing; empty: all
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("question", "pk")
        constraints = [models.UniqueConstraint(fields=("question", "kind"), name="one_example_a_question")]

    def __str__(self) -> str:
        return self.question

    @property
    def path(self) -> str:
        return reverse("ranking:example", args=(self.pk,))


class ExpectedAnswer(models.Model):
    """A listing that should be among the first answers to an example's question."""

    example = models.ForeignKey(RankingExample, on_delete=models.CASCADE, related_name="expected")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("example", "listing"), name="expected_once")]
