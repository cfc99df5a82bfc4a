"""What teams do with pitches, and ambassadors with what they are asked."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.foundation.versions import Conflict, claim_version
from fyrtaarn.listings.models import Listing
from fyrtaarn.listings.told import told_of
from fyrtaarn.organisations.models import Ambassador, AmbassadorState, Organisation
from fyrtaarn.people.models import User

from . import notices, rules
from .models import Pitch, PitchComment, PitchReview, PitchState, PitchVersion, ReviewState
from .parts import Part
from .queries import WORDS, ambassadors_for, whole_reviews
from .states import PITCH_STATES, REVIEW_STATES

LATEST_DUE = timedelta(days=90)
KEPT = ("organisation_id", "title", *WORDS, "department_id", "language")


@transaction.atomic
def begin(user: User, organisation: Organisation, offer: Listing | None = None, language: str = "da") -> Pitch:
    """Begin a pitch, with what the organisation has told of one of its offers already, so that nothing is typed twice."""
    require(rules.may_write_for(user, organisation))
    pitch = Pitch(organisation=organisation, created_by=user, updated_by=user, language=language)
    if offer is not None:
        if offer.organisation_id != organisation.pk:
            raise Refused(_("Choose one of the organisation's own solutions."))
        told = told_of(offer)
        pitch.title, pitch.language = offer.title[:100], offer.language
        pitch.for_whom, pitch.solution, pitch.effect = told.for_whom, told.what, told.evidence
    pitch.save()
    log_step(pitch, "begin", "", PitchState.PRIVATE, by=user)
    return pitch


@transaction.atomic
def write(
    user: User, pitch: Pitch, fields: Mapping[str, Any], version: int, *, page_key: str = "", typing: bool = False
) -> Pitch:
    """Save some parts. What is shown to others stays as it was when they were shown it.

    A page that saved last itself does not stand in its own way; what it sent while she was `typing` never overtakes what
    she saved after it. Raises Conflict when somebody else has saved since `version`.
    """
    try:
        current = claim_version(pitch, version)
    except Conflict as conflict:
        if typing or not page_key or conflict.current.saved_from != page_key:
            raise
        current = claim_version(pitch, conflict.current.version)
    require(rules.may_change(user, current))
    for name, value in fields.items():
        setattr(current, name, value)
    current.saved_from, current.updated, current.updated_by = page_key, clock.now(), user
    current.save()
    return current


def keep_version(user: User, pitch: Pitch) -> PitchVersion:
    """The version of a held pitch that says what it says now: the last one, or a new one."""
    last = pitch.versions.order_by("-number").first()
    if last is not None and _say_the_same(last, pitch):
        return last
    words = {name: getattr(pitch, name) for name in KEPT}
    return PitchVersion.objects.create(pitch=pitch, number=last.number + 1 if last else 1, made_by=user, **words)


def _say_the_same(version: PitchVersion, pitch: Pitch) -> bool:
    return all(getattr(version, name) == getattr(pitch, name) for name in KEPT)


@transaction.atomic
def go_back(user: User, version: PitchVersion) -> Pitch:
    """Let the pitch say again what an earlier version says. What it says now is kept as a version, so nothing is lost."""
    current = hold(Pitch.objects.all(), version.pitch_id)
    require(rules.may_change(user, current))
    if not any(_say_the_same(one, current) for one in current.versions.all()):
        keep_version(user, current)
    for name in KEPT:
        setattr(current, name, getattr(version, name))
    current.version, current.saved_from = current.version + 1, ""
    current.updated, current.updated_by = clock.now(), user
    current.save()
    return current


@transaction.atomic
def show(user: User, pitch: Pitch) -> PitchVersion:
    """Show what it says now on the organisation's page, in place of what is shown of it there."""
    current = hold(Pitch.objects.all(), pitch.pk)
    PITCH_STATES.perform("show", current, by=user)
    version = keep_version(user, current)
    PitchVersion.objects.filter(pitch=current, shown=True).exclude(pk=version.pk).update(shown=False)
    version.shown = True
    version.save(update_fields=["shown"])
    return version


@transaction.atomic
def ask(user: User, pitch: Pitch, ambassador: Ambassador, due: date, message: str = "") -> PitchReview:
    """Ask an ambassador for comments on what it says now. Raises ValidationError for a day that cannot be."""
    current = hold(Pitch.objects.select_related("department"), pitch.pk)
    require(rules.may_ask(user, current))
    if not clock.today() < due <= clock.today() + LATEST_DUE:
        raise ValidationError(_("Choose a day after today, within three months."))
    if not ambassadors_for(current).filter(pk=ambassador.pk).exists():
        raise Refused(_("Choose one of the ambassadors whom everybody may see."))
    version = keep_version(user, current)
    try:
        with transaction.atomic():
            review = PitchReview.objects.create(
                version=version, ambassador=ambassador, due=due, message=message, asked_by=user
            )
    except IntegrityError as taken:
        raise Refused(_("You have asked this ambassador about these words already.")) from taken
    log_step(review, "ask", "", ReviewState.ASKED, by=user)
    notices.tell_asked(review)
    return review


def take_step(user: User, pitch: Pitch, step: str) -> Pitch:
    """Let it be hidden, put away or taken out again: "hide", "put_away" or "take_out"."""
    return PITCH_STATES.perform(step, pitch, by=user)


def decline(user: User, review: PitchReview, reason: str) -> PitchReview:
    """Say that one has no time, and tell the team why."""
    return REVIEW_STATES.perform("decline", review, by=user, reason=reason)


def withdraw(user: User, review: PitchReview) -> PitchReview:
    """Need the comments no more."""
    return REVIEW_STATES.perform("withdraw", review, by=user)


@transaction.atomic
def comment(user: User, review: PitchReview, texts: Mapping[str, str], overall: str) -> PitchReview:
    """Keep what the ambassador says of each part; an empty text takes her comment away again."""
    current = hold(whole_reviews(), review.pk)
    require(rules.may_comment(user, current))
    for part in Part:
        text = texts.get(part, "").strip()
        if text:
            PitchComment.objects.update_or_create(review=current, part=part, defaults={"text": text})
        else:
            PitchComment.objects.filter(review=current, part=part).delete()
    current.overall = overall.strip()
    current.save(update_fields=["overall"])
    return current


@transaction.atomic
def finish(user: User, review: PitchReview, texts: Mapping[str, str], overall: str) -> PitchReview:
    """Send the comments to the team. Raises Refused when there is none."""
    current = comment(user, review, texts, overall)
    if not current.overall and not current.comments.exists():
        raise Refused(_("Write a comment first."))
    return REVIEW_STATES.perform("finish", current, by=user)


def remind_all() -> int:
    """Remind ambassadors the day before comments are needed and once they are late; returns how many were told.

    Run it as often as you like: each stage is told once.
    """
    soon = clock.today() + timedelta(days=1)
    waiting = whole_reviews().filter(state=ReviewState.ASKED, due__lte=soon)
    waiting = waiting.exclude(ambassador__state=AmbassadorState.ENDED)
    return sum(_remind(review) for review in waiting.order_by("pk"))


@transaction.atomic
def _remind(review: PitchReview) -> int:
    current = (
        PitchReview.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=review.pk).first()
    )
    if current is None or current.state != ReviewState.ASKED:
        return 0  # she is answering at this moment, or has
    return notices.tell_due(review, "late" if review.is_late else "ahead")
