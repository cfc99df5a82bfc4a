"""Two kinds of listing for tests: wishes that are sought and offers that fit them, described as each test says."""

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from fyrtaarn.listings.models import Listing

NUMBER = count(1)


@pytest.fixture
def make_listing(kolding: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., "Listing"]:
    """`make_listing("offer", "title", "text", **facts)`; `again=listing` describes one anew."""
    from fyrtaarn.foundation import clock
    from fyrtaarn.listings import registry
    from fyrtaarn.listings.actions import publish
    from fyrtaarn.listings.models import Side
    from fyrtaarn.listings.registry import ListingFacts, ListingKind
    from fyrtaarn.topics.models import TargetGroup, Theme

    described: dict[tuple[str, int], ListingFacts | None] = {}
    models = {"wish": Theme, "offer": TargetGroup}
    for key, side in (("wish", Side.SOUGHT), ("offer", Side.OFFERED)):
        kind = ListingKind(
            key=key,
            side=side,
            model=models[key],
            label=key,
            plural=f"{key}s",
            describe=lambda subject, key=key: described.get((key, subject.pk)),
            subjects=models[key].objects.order_by("pk").all,
            states={"open": "Open", "ended": "Ended"},
            ended_states=frozenset({"ended"}),
        )
        monkeypatch.setitem(registry._kinds, key, kind)

    def make(key: str, title: str, text: str = "", *, again: "Listing | None" = None, **facts: Any) -> "Listing":
        name = f"subject-{next(NUMBER)}"
        subject = (
            models[key].objects.get(pk=again.subject_id)
            if again
            else models[key].objects.create(name=name, name_en=name, slug=name)
        )
        facts = {"municipality": kolding, "published": clock.now(), "path": f"/{key}/{subject.pk}/", **facts}
        described[key, subject.pk] = ListingFacts(title=title, text=text, **facts)
        listing = publish(subject)
        assert listing is not None
        return listing

    return make
