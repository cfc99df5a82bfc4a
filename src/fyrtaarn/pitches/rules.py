"""Who may do what with a pitch: the organisation's team, and an ambassador as far as she is asked."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.organisations.models import AmbassadorState, Organisation
from fyrtaarn.organisations.rules import is_member
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import is_employee

from .models import Pitch, PitchReview, PitchState, PitchVersion, ReviewState, Words
from .parts import Part

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

NOT_YOURS = _("Only those who belong to the organisation can see its pitches.")
NOT_ASKED = _("Only the ambassador who has been asked can do this.")


def may_write_for(user: "User | AnonymousUser", organisation: Organisation | int) -> Verdict:
    """Everybody in the organisation's team writes its pitches."""
    return allowed_if(is_member(user, organisation), NOT_YOURS)


def may_see(user: "User | AnonymousUser", pitch: Pitch) -> Verdict:
    """The team alone; others see versions."""
    return may_write_for(user, pitch.organisation_id)


def may_change(user: "User | AnonymousUser", pitch: Pitch) -> Verdict:
    """The team, as long as it has not been put away."""
    verdict = may_see(user, pitch)
    if not verdict or pitch.state != PitchState.PUT_AWAY:
        return verdict
    return refused(_("It has been put away. Take it out again first."))


def missing_in(words: Words) -> list[Part]:
    """The parts without which it cannot be shown to others."""
    return [part for part in Part if not getattr(words, part).strip()]


def may_show(user: "User | AnonymousUser", pitch: Pitch) -> Verdict:
    """The team, once every part says something."""
    verdict = may_change(user, pitch)
    if not verdict:
        return verdict
    whole = bool(pitch.title.strip()) and not missing_in(pitch)
    return allowed_if(whole, _("Write a title and something in every part first."))


def may_ask(user: "User | AnonymousUser", pitch: Pitch) -> Verdict:
    """The team, as soon as there is something to read; what is missing may be just what one asks about."""
    verdict = may_change(user, pitch)
    if not verdict:
        return verdict
    return allowed_if(bool(pitch.texts), _("Write something first."))


def is_asked(user: "User | AnonymousUser", review: PitchReview) -> bool:
    """Whether she is the ambassador who is asked, and still is one."""
    one = review.ambassador
    still = one.state != AmbassadorState.ENDED and is_employee(user, one.department.municipality_id)
    return one.user_id == user.pk and still


def may_see_version(user: "User | AnonymousUser", version: PitchVersion) -> Verdict:
    """Everybody what is shown; else the team, and who has been asked about it."""
    if version.shown or is_member(user, version.organisation_id):
        return ALLOWED
    reviews = version.reviews.exclude(state=ReviewState.WITHDRAWN).filter(ambassador__user=user.pk)
    whole = reviews.select_related("ambassador__department")
    return allowed_if(any(is_asked(user, review) for review in whole), NOT_YOURS)


def may_see_review(user: "User | AnonymousUser", review: PitchReview) -> Verdict:
    """The team that asked, and the one who is asked."""
    return allowed_if(is_asked(user, review) or is_member(user, review.version.organisation_id), NOT_YOURS)


def may_comment(user: "User | AnonymousUser", review: PitchReview) -> Verdict:
    """The one who is asked, until she has said that she is done."""
    if not is_asked(user, review):
        return refused(NOT_ASKED)
    return allowed_if(
        review.state == ReviewState.ASKED, _("You have finished this already, or it is no longer needed.")
    )


def may_withdraw(user: "User | AnonymousUser", review: PitchReview) -> Verdict:
    """The team that asked."""
    return may_write_for(user, review.version.organisation_id)


def may_see_comments(user: "User | AnonymousUser", review: PitchReview) -> Verdict:
    """She who writes them; the team when she says that they are ready."""
    if is_asked(user, review):
        return ALLOWED
    ready = review.state == ReviewState.DONE and is_member(user, review.version.organisation_id)
    return allowed_if(ready, _("The comments are not ready yet."))
