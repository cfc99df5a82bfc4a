"""What the parties of terms over several years are told."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement, Review
from fyrtaarn.agreements.recipients import others_in, people_of_party
from fyrtaarn.agreements.rules import parties_of
from fyrtaarn.foundation.notices import NoticeKind, register, tell
from fyrtaarn.people.models import User

from ..models import Consequence

GROUP = _("Terms over several years")
for name, label in (
    ("terms_concluded", _("The other party says what a review leads to")),
    ("terms_answered", _("The other party answers about adjusted terms")),
    ("terms_open", _("It is not said yet what a review leads to")),
):
    register(NoticeKind(f"grants.{name}", label, GROUP))


def path_of(agreement: Agreement) -> str:
    return reverse("terms:terms", args=[agreement.pk])


def tell_concluded(consequence: Consequence, by: User) -> None:
    _tell("terms_concluded", consequence, by, reason=consequence.text)


def tell_answered(consequence: Consequence, by: User) -> None:
    _tell("terms_answered", consequence, by, reason=consequence.answer)


def tell_open(review: Review) -> int:
    """Remind both parties once that a review has led to nothing yet; returns how many were told."""
    agreement = review.agreement
    people = {person.pk: person for party in parties_of(agreement) for person in people_of_party(party)}
    params = {"title": agreement.title, "held": f"{review.held:%d.%m.%Y}"}
    return len(
        tell("grants.terms_open", people.values(), path=path_of(agreement), params=params, once=f"review-{review.pk}")
    )


def _tell(name: str, consequence: Consequence, by: User, **details: Any) -> None:
    agreement = consequence.review.agreement
    params = {
        "title": agreement.title,
        "who": str(by),
        "outcome": consequence.outcome,
        "state": consequence.state,
        **details,
    }
    tell(f"grants.{name}", others_in(agreement, by), path=path_of(agreement), params=params)
