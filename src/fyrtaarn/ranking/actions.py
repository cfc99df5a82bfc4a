"""Keeping examples."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import require
from fyrtaarn.listings.codes import EVERYBODY
from fyrtaarn.listings.models import Listing
from fyrtaarn.people.models import User
from fyrtaarn.vocabulary.rules import may_edit

from .models import ExpectedAnswer, RankingExample

MOST_EXAMPLES = 40
"""So many are ranked for a preview while somebody waits."""


@transaction.atomic
def keep_example(question: str, kind: str, *, by: User) -> RankingExample:
    """Keep a question as an example; one that is there already is given back. Raises Refused, ValidationError."""
    require(may_edit(by))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    found = RankingExample.objects.filter(question=question, kind=kind).first()
    if found:
        return found
    if RankingExample.objects.count() >= MOST_EXAMPLES:
        raise ValidationError(
            _("There are as many examples as a preview can rank (%(most)s). Remove one first."),
            params={"most": MOST_EXAMPLES},
        )
    RankingExample.objects.bulk_create([RankingExample(question=question, kind=kind, by=by)], ignore_conflicts=True)
    return RankingExample.objects.get(question=question, kind=kind)


@transaction.atomic
def expect(example: RankingExample, listings: Iterable[int], *, by: User) -> None:
    """Say which listings should come up; only those that everybody may see. Raises Refused."""
    require(may_edit(by))
    hold(RankingExample.objects.all(), example.pk)
    wanted = Listing.objects.filter(pk__in=list(listings), ended=None, codes__contains=[EVERYBODY]).order_by("pk")
    example.expected.all().delete()
    ExpectedAnswer.objects.bulk_create(ExpectedAnswer(example=example, listing=listing) for listing in wanted)


@transaction.atomic
def remove_example(example: RankingExample, *, by: User) -> None:
    """Keep an example no longer. Raises Refused."""
    require(may_edit(by))
    example.delete()
