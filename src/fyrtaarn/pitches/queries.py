"""What the pages of pitches read."""

from collections.abc import Iterable

from django.db.models import OuterRef, Prefetch, QuerySet

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.nesting import Nested
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.ambassadors.queries import ambassadors_of, employed_ambassadors
from fyrtaarn.organisations.models import Ambassador, AmbassadorState, Organisation
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from .models import Pitch, PitchComment, PitchReview, PitchState, PitchVersion, ReviewState
from .parts import Part

WORDS = tuple(Part.values)


def whole_pitches() -> QuerySet[Pitch]:
    return Pitch.objects.select_related("organisation__home", "department__municipality")


def pitches_of(user: User) -> QuerySet[Pitch]:
    """The pitches of the organisations whose team she is in, the latest first."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    return whole_pitches().filter(organisation__in=teams)


def whole_reviews() -> QuerySet[PitchReview]:
    joined = "ambassador__user", "ambassador__department__municipality", "version__organisation", "version__department"
    return PitchReview.objects.select_related(*joined)


def reviews_of(pitch: Pitch) -> list[PitchReview]:
    """All that ambassadors were asked about a pitch, the latest first, with the comments that are ready."""
    ready = PitchComment.objects.filter(review__state=ReviewState.DONE).order_by("pk")
    rows = whole_reviews().filter(version__pitch=pitch).prefetch_related(Prefetch("comments", ready))
    return list(rows.order_by("-asked", "-pk"))


def comments_on(reviews: Iterable[PitchReview]) -> dict[str, list[tuple[PitchReview, str]]]:
    """What was said of each part, the latest first."""
    found: dict[str, list[tuple[PitchReview, str]]] = {part: [] for part in Part}
    for review in reviews:
        for comment in review.comments.all():
            found[comment.part].append((review, comment.text))
    return found


def versions_of(pitch: Pitch) -> QuerySet[PitchVersion]:
    return pitch.versions.select_related("made_by").order_by("-number")


def offers_of(organisation: Organisation | int) -> QuerySet[Listing]:
    """What the organisation offers today, and a pitch can begin from."""
    return Listing.objects.filter(organisation=organisation, kind="solution", ended=None).order_by("sort_key", "pk")


def departments_to_ask() -> QuerySet[Department]:
    """The departments of all municipalities that run a portal, by municipality."""
    open_ones = Department.objects.current().filter(municipality__open=True).select_related("municipality")
    return open_ones.order_by("municipality__sort_key", "sort_key", "pk")


def ambassadors_for(pitch: Pitch) -> QuerySet[Ambassador]:
    """Whom the team may ask: those whom everybody may see, of the pitch's municipality where it names a department."""
    if pitch.department is not None:
        return ambassadors_of(pitch.department.municipality_id).prefetch_related(None)
    anywhere = employed_ambassadors().filter(
        state=AmbassadorState.ACTIVE, shown=True, department__municipality__open=True
    )
    return anywhere.prefetch_related(None)


def shown_by(organisation: Organisation) -> list[PitchVersion]:
    """What the organisation shows on its page, the newest first."""
    rows = PitchVersion.objects.filter(organisation=organisation, shown=True).select_related("department__municipality")
    return list(rows.order_by("-made", "-pk"))


def asked_of(person: int | OuterRef) -> QuerySet[PitchReview]:
    """What a person is asked for and has not answered."""
    rows = PitchReview.objects.filter(ambassador__user=person, state=ReviewState.ASKED)
    return rows.exclude(ambassador__state=AmbassadorState.ENDED).order_by("due", "pk")


ASKED = Nested(PitchReview, "version", without=(*WORDS, "message", "overall"))


def waiting_for(user: User) -> list[PitchReview]:
    """What waits for her comments; read with the person of a request, else with one query."""
    read = vars(user).get("read_asked_pitches")
    return list(asked_of(user.pk).select_related("version")) if read is None else ASKED.objects(read)


def put_away_last(pitches: Iterable[Pitch]) -> list[Pitch]:
    return sorted(pitches, key=lambda pitch: pitch.state == PitchState.PUT_AWAY)
