"""What the pages of fieldwork share: finding an offer or a stay, and the way to a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.areas.addresses import MunicipalRequest
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import queries, rules
from ..models import FieldworkOffer, Stay, StayState
from ..notices import path_of_offer, path_of_stay

STATUS = {
    StayState.APPLIED: "warn",
    StayState.WAITING: "info",
    StayState.AGREED: "good",
    StayState.DECLINED: "neutral",
    StayState.LAPSED: "neutral",
    StayState.CANCELLED: "neutral",
}
Trail = list[tuple[str, str]]


class PersonRequest(MunicipalRequest):
    """A signed-in person's request for a page of one municipality."""

    user: User


def offer_run_by(request: PersonRequest, pk: int) -> FieldworkOffer:
    """The offer for its host."""
    found = queries.one_offer(request.municipality, pk)
    require(rules.may_run(request.user, found))
    return found


def stay_of_party(request: PersonRequest, pk: int) -> Stay:
    """The stay for its two parties."""
    found = queries.stay_with_parties(request.municipality, pk)
    require(rules.may_see_stay(request.user, found))
    return found


def standing_of(stay: Stay) -> tuple[str, str]:
    """How the stay stands in words, and the kind of its status mark."""
    if stay.attended is not None:
        return (_("Took place"), "good") if stay.attended else (_("The guest did not come"), "neutral")
    state = StayState(stay.state)
    return str(state.label), STATUS[state]


def standing_in_words(stay: Stay) -> str:
    return standing_of(stay)[0]


def host_tabs(request: MunicipalRequest, current: str) -> list[dict[str, Any]]:
    """The host's two lists."""
    tabs = (("fieldwork:hosted", _("Our offers")), ("fieldwork:guests", _("Our guests")))
    place = [request.municipality.slug]
    return [
        {"label": label, "url": reverse(name, args=place), "current": name == current, "count": None}
        for name, label in tabs
    ]


def trail_to(request: MunicipalRequest, *more: tuple[str, str]) -> Trail:
    """The way from the municipality's front page over fieldwork."""
    here = request.municipality
    return [(here.label, f"/{here.slug}/"), (_("Fieldwork"), reverse("fieldwork:offers", args=[here.slug])), *more]


def trail_to_stay(request: MunicipalRequest, stay: Stay) -> Trail:
    offered = stay.period.offer
    return trail_to(request, (offered.title, path_of_offer(offered)), (str(stay.organisation), path_of_stay(stay)))


def back_to_offer(request: MunicipalRequest, offer: FieldworkOffer) -> dict[str, Any]:
    """Where a form page of the offer leads."""
    back = path_of_offer(offer)
    return {"back": back, "trail": trail_to(request, (offer.title, back))}
