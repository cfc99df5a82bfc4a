"""What a person's overview says of pitches: those that wait for her comments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section
from fyrtaarn.people.reading import read_with_person

from .notices import review_path
from .queries import ASKED, asked_of, waiting_for


@overview.provider
def asked_pitches(user: Any) -> Iterable[OverviewItem]:
    """Pitches that she is asked to comment on, by their day."""
    for review in waiting_for(user)[:MOST_IN_A_SECTION]:
        why = _("A pitch waits for your comments")
        yield OverviewItem(Section.WAITING, str(review.version), review_path(review), why, review.due)


read_with_person("read_asked_pitches", lambda: ASKED.of(asked_of(OuterRef("pk"))))
