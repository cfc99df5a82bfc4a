"""Pitches in the journal: what a municipality's ambassadors were asked about, and what they said of it."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.journal import Entry, source
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from .models import PitchComment, PitchReview, ReviewState


@source
def of_party(municipality: Municipality, person: User | None, organisation: Organisation | None) -> Iterator[Entry]:
    """What the person has asked or been asked, or the organisation has had read, by ambassadors of the municipality."""
    hers = Q(asked_by=person) | Q(ambassador__user=person)
    found = PitchReview.objects.filter(hers if person else Q(version__organisation=organisation))
    found = found.filter(ambassador__department__municipality=municipality)
    comments = Prefetch("comments", PitchComment.objects.order_by("pk"))
    for review in found.select_related("version", "asked_by", "ambassador__user").prefetch_related(comments):
        yield from _entries(review)


def _entries(review: PitchReview) -> Iterator[Entry]:
    values = {"number": review.version.pitch_id, "title": review.version}
    matter = _("Pitch %(number)s: %(title)s") % values
    words = [review.message, *(f"{part.label}: {text}" for part, text in review.version.texts)]
    yield Entry(review.asked, matter, _("Comments are asked for"), "\n".join(filter(None, words)), str(review.asked_by))
    if review.finished:
        said = [f"{comment.get_part_display()}: {comment.text}" for comment in review.comments.all()]
        ready = review.state == ReviewState.DONE  # what she wrote and did not send is hers alone
        text = "\n".join(filter(None, (review.overall, *said))) if ready else ""
        yield Entry(review.finished, matter, review.get_state_display(), text, str(review.ambassador.user))
