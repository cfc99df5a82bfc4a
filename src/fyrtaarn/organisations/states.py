"""How a claim moves from waiting to approved, refused or withdrawn."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.notices import tell
from fyrtaarn.foundation.rules import allowed_if, require
from fyrtaarn.foundation.transitions import StateMachine, Transition

from .models import Claim, Membership, MembershipKind, Organisation
from .rules import has_team, may_decide_claim, may_withdraw_claim


def make_owner(claim: Claim, _by: Any, _reason: str) -> None:
    """The person becomes the first owner, unless somebody else has become it in the meantime."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.organisation_id)
    require(allowed_if(not has_team(claim.organisation_id), _("The organisation already has a team.")))
    Membership.objects.create(user=claim.user, organisation=claim.organisation, kind=MembershipKind.OWNER)
    tell_claimant("organisations.claim_approved", claim, "")


def tell_refused(claim: Claim, _by: Any, reason: str) -> None:
    tell_claimant("organisations.claim_refused", claim, reason)


def tell_claimant(kind: str, claim: Claim, reason: str) -> None:
    tell(
        kind,
        [claim.user],
        path=f"/organisationer/{claim.organisation.slug}/",
        params={"organisation": claim.organisation.name, "reason": reason},
        once=f"claim-{claim.pk}",
    )


CLAIM_STATES = StateMachine(
    "state",
    Transition("approve", ("waiting",), "approved", _("Approve"), may_decide_claim, follows=(make_owner,)),
    Transition(
        "refuse", ("waiting",), "refused", _("Refuse"), may_decide_claim, needs_reason=True, follows=(tell_refused,)
    ),
    Transition("withdraw", ("waiting",), "withdrawn", _("Withdraw"), may_withdraw_claim),
)
