"""The shared words: themes, target groups and UN goals.

They are data, but no municipality edits them: a word that one changed would change in every other's portal. The
editors of the shared words do (see vocabulary).
"""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.history import tracked
from fyrtaarn.foundation.models import SortedByName
from fyrtaarn.foundation.versions import Versioned


class Topic(SortedByName, Versioned):
    """A word in both languages."""

    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("English name"), max_length=200)

    class Meta(SortedByName.Meta):
        abstract = True

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name


@tracked()
class Theme(Topic):
    """What it is about, as a municipality and an enterprise would both say it."""

    description_da = models.TextField(blank=True)
    description_en = models.TextField(blank=True)


@tracked()
class TargetGroup(Topic):
    """Whom it concerns."""


class Goal(models.Model):
    """One of the 17 UN goals."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    name_da = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=17), name="goal_1_to_17"),
        ]

    @property
    def label(self) -> str:
        return f"{self.number}. {self.name_en if get_language() == 'en' else self.name_da}"

    def __str__(self) -> str:
        return self.label
