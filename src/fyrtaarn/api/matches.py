"""What fits, as the interface says it; signed out, so only among what everybody may see."""

from typing import Any

from fyrtaarn.engine.matching import Match
from fyrtaarn.listings.matches import matches_for, matches_for_text
from fyrtaarn.listings.models import Listing, Side
from fyrtaarn.listings.search import Hit
from fyrtaarn.portal.models import Challenge

from .shapes import address


def for_challenge(challenge: Challenge, most: int) -> list[dict[str, Any]]:
    """The solutions that fit a challenge, best first."""
    listing = Listing.objects.filter(kind="challenge", subject_id=challenge.pk, ended=None).first()
    return shapes(matches_for(listing, None, most=most)) if listing else []


def for_text(text: str, most: int) -> list[dict[str, Any]]:
    """The solutions that fit a text, best first."""
    return shapes(matches_for_text(text, "", None, side=Side.OFFERED, most=most))


def shapes(hits: list[Hit]) -> list[dict[str, Any]]:
    return [shape(hit, hit.match) for hit in hits if hit.match]


def shape(hit: Hit, match: Match) -> dict[str, Any]:
    """One match; its score is exactly the sum of its contributions."""
    return {
        "kind": hit.listing.kind,
        "id": hit.listing.subject_id,
        "title": hit.listing.title,
        "score": match.score,
        "contributions": [
            {
                "reason": part.reason,
                "points": part.points,
                "question_words": list(part.question_words),
                "document_words": list(part.document_words),
            }
            for part in match.contributions
        ],
        "reasons": hit.reasons,
        "against": hit.against,
        "url": address(hit.listing.path),
    }
