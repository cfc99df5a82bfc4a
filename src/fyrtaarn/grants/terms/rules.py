"""Who writes terms over several years, and who says what a review leads to: the two parties of the agreement.

Who it is between, who says yes and when one looks at how it goes stand in the agreement itself.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement, AgreementKind, Review
from fyrtaarn.agreements.rules import hindrances, may_act, may_edit, may_see_inside, parties_of, party_of
from fyrtaarn.foundation.rules import Verdict, allowed_if, refused
from fyrtaarn.people.models import User

from ..models import Consequence, ConsequenceState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

LIVE = (ConsequenceState.PROPOSED, ConsequenceState.AGREED)


def may_see(user: "AnyUser", agreement: Agreement) -> Verdict:
    """The parties, of an agreement that has such terms."""
    if agreement.kind != AgreementKind.TERMS:
        return refused(_("This agreement has no terms over several years."))
    return may_see_inside(user, agreement)


def may_write(user: "AnyUser", agreement: Agreement) -> Verdict:
    """Both parties, while it is a draft; later the terms are adjusted at a review."""
    if not (verdict := may_see(user, agreement)):
        return verdict
    return may_edit(user, agreement)


def may_conclude(user: "AnyUser", review: Review) -> Verdict:
    """Either party, once the review has been held, and once for each review."""
    if not (verdict := may_see(user, review.agreement)):
        return verdict
    if not (verdict := may_act(user, review.agreement)):
        return verdict
    if review.held is None:
        return refused(_("Hold the review first, and write what you found."))
    concluded = any(one.state in LIVE for one in review.consequences.all())
    return allowed_if(not concluded, _("It has been said already what happens with the terms."))


def may_answer(user: "AnyUser", consequence: Consequence) -> Verdict:
    """The other party than the one that proposed it, while the agreement is active."""
    agreement = consequence.review.agreement
    if not (verdict := may_act(user, agreement)):
        return verdict
    party = party_of(user, agreement)
    other = party is not None and party.pk != consequence.party_id and consequence.by_id != user.pk
    return allowed_if(other, _("The other party answers."))


def may_take_back(user: "AnyUser", consequence: Consequence) -> Verdict:
    """The party that proposed it."""
    party = party_of(user, consequence.review.agreement)
    own = party is not None and party.pk == consequence.party_id
    return allowed_if(own, _("Only the party that proposed it can take it back."))


def missing(agreement: Agreement) -> Iterable[str | Promise]:
    """What a draft of such terms lacks before it can be put to the parties."""
    if agreement.kind != AgreementKind.TERMS:
        return
    if not agreement.long_terms.exists():
        yield _("Write at least one term: what is given, and the effect that it is bound to.")
    if agreement.ends is None:
        yield _("Choose the last day: terms over several years have an end.")
    if not agreement.reviews.exists():
        yield _("Plan at least one review, so that you look at whether the effect comes.")
    if len(parties_of(agreement)) > 2:
        yield _("Terms over several years are between two parties.")


hindrances.append(missing)
