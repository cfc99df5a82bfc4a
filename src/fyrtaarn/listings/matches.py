"""Matches: what fits a challenge, a solution or a text somebody is writing, and what is like it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Value

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.engine.matching import Document
from fyrtaarn.topics.models import TargetGroup

from .codes import seeing
from .models import Listing, Side
from .registry import kinds
from .search import Answer, Found, Hit, Question, Scope, ask, ask_each, hits_of_each

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fyrtaarn.people.models import User

    Reader = User | AnonymousUser | None

LEAST_FIT = 8
"""Per cent of a perfect fit: what fits less is not called a match. On collections with judged pairs half of what has
nothing to do with a challenge lies below, and nine of ten that solve it above."""
LEAST_SHARE = 30
"""Per cent of the best match's score, for the same reason."""
COUNTERPART = {Side.SOUGHT: Side.OFFERED, Side.OFFERED: Side.SOUGHT}


def matches_for(listing: Listing, reader: "Reader", *, most: int = 10) -> list[Hit]:
    """The best fitting listings of the other side that the reader may see, with their reasons. None for Side.ABOUT."""
    return matches_for_each([listing], reader, most=most)[0]


def matches_for_each(listings: Sequence[Listing], reader: "Reader", *, most: int = 10) -> list[list[Hit]]:
    """The same for several listings, in no more statements than one takes."""
    asking = [listing for listing in listings if listing.side in COUNTERPART]
    sees, avoid = seeing(reader), tuple(ended_codes())
    questions = [
        Question(document, Scope(sees, side=COUNTERPART[Side(one.side)]), avoid=avoid, reach=reach_of(one))
        for one, document in zip(asking, questions_of(asking), strict=True)
    ]
    found = fitting_each([(answer, answer.found[:most]) for answer in ask_each(questions)])
    by_listing = {one.pk: hits for one, hits in zip(asking, found, strict=True)}
    return [by_listing.get(listing.pk, []) for listing in listings]


def matches_for_text(
    title: str, text: str, reader: "Reader", *, side: str, municipality: Municipality | None = None, most: int = 5
) -> list[Hit]:
    """The same for a text that somebody is writing: listings of `side` that fit it."""
    question = Document("", title=title, text=text, municipality=str(municipality.pk) if municipality else "")
    return _fitting(question, Scope(seeing(reader), side=side), most)


def similar_to(listing: Listing, reader: "Reader", *, most: int = 5) -> list[Hit]:
    """Listings of the same kind that say much the same, itself left out: duplicates, and like needs elsewhere."""
    question = question_of(listing, place=False)
    return _fitting(question, Scope(seeing(reader), kinds=(listing.kind,)), most, without=listing.pk)


def question_of(listing: Listing, *, place: bool = True) -> Document:
    """A listing as a question; without `place` it is asked everywhere alike."""
    return questions_of([listing], place=place)[0]


def questions_of(listings: Sequence[Listing], *, place: bool = True) -> list[Document]:
    """Listings as questions, in one statement."""
    groups, districts = _names(listings)
    return [
        Document(
            id=str(listing.pk),
            title=listing.title,
            text=listing.text,
            target_groups=_in_order(listing.target_groups, groups),
            sdgs=tuple(listing.goals),
            district=", ".join(_in_order(listing.districts, districts)) if place else "",
            municipality="" if _is_asked_anywhere(listing, place) else str(listing.municipality_id),
            language=listing.language,
        )
        for listing in listings
    ]


def _is_asked_anywhere(listing: Listing, place: bool) -> bool:
    return not place or listing.delivers_everywhere or bool(listing.movable)


def _names(listings: Sequence[Listing]) -> tuple[dict[int, str], dict[int, str]]:
    """The names of the listings' target groups and of their districts, by primary key, in one statement."""
    groups = TargetGroup.objects.filter(pk__in={pk for one in listings for pk in one.target_groups}).order_by()
    districts = District.objects.filter(pk__in={pk for one in listings for pk in one.districts}).order_by()
    both = groups.values_list(Value("group"), "pk", "name").union(
        districts.values_list(Value("district"), "pk", "name"), all=True
    )
    names: dict[str, dict[int, str]] = {"group": {}, "district": {}}
    for kind, pk, name in both:
        names[kind][pk] = name
    return names["group"], names["district"]


def _in_order(pks: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[pk] for pk in sorted(pks) if pk in names)


def reach_of(listing: Listing) -> frozenset[int]:
    """The municipalities in which a listing counts as being at home."""
    return frozenset((listing.municipality_id, *listing.delivers_in))


def _fitting(
    document: Document, scope: Scope, most: int, *, reach: Collection[int] = (), without: int | None = None
) -> list[Hit]:
    avoid = tuple(ended_codes()) if scope.side else ()
    answer = ask(Question(document, scope, without=without, avoid=avoid, reach=reach))
    return fitting_each([(answer, answer.found[:most])])[0]


def fitting_each(answers: Sequence[tuple[Answer, Sequence[Found]]]) -> list[list[Hit]]:
    """Of what answers each question, those among the given that fit well enough to be called a match."""
    worthy = []
    for answer, found in answers:
        least = answer.found[0].score * LEAST_SHARE // 100 if answer.found else 0
        worthy.append((answer.plan, [one for one in found if one.score >= least]))
    return [[hit for hit in hits if hit.match and hit.match.fit >= LEAST_FIT] for hits in hits_of_each(worthy)]


def ended_codes() -> Iterable[str]:
    """The codes of states in which something is no longer sought or offered."""
    return {f"state:{state}" for kind in kinds() for state in kind.ended_states}
