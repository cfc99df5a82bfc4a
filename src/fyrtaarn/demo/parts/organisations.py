"""Organisations: those that the two documents name, without a team, and invented ones with theirs."""

from datetime import timedelta
from decimal import Decimal

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.slugs import danish_slug
from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.organisations.forms import CRITERIA
from fyrtaarn.organisations.models import Membership, MembershipKind, Organisation, Verification
from fyrtaarn.people.models import Role, RoleKind

from ..book import Book, Row, Words, link
from ..moments import chance, moment
from ..reading import rows
from .people import contact_key

SOURCES = {
    "copenhagen": "Nævnt i anbefalingerne til en københavnsk strategi for socialt iværksætteri.",
    "kolding": "Nævnt i Kolding Kommunes politik for socialøkonomi.",
    "example": "",
}
VERIFIED_EACH = 4  # of the registered social enterprises
VERIFICATION_DAYS = 730


def load(book: Book) -> None:
    words = Words.read()
    new = book.new("organisation", rows("organisations"))
    organisations = {row["key"]: organisation(row, words) for row in new}
    Organisation.objects.bulk_create(organisations.values())
    link({organisations[row["key"]]: words.topics_of(row) for row in new})
    book.write("organisation", organisations)
    add_teams(book, organisations)
    verify(organisations)


def organisation(row: Row, words: Words) -> Organisation:
    latitude, longitude = place(row, words)
    created = moment(500 - chance(row["key"], 60), row["key"])
    return Organisation(
        name=row["name"],
        sort_key=danish_key(row["name"]),
        slug=danish_slug(row["key"]),
        kind=row["kind"],
        cvr=row["cvr"] or None,
        home=words.municipalities[row["municipality"]],
        what=row["what"],
        for_whom=row["for_whom"],
        employees=row["employees"],
        capacity=row["capacity"],
        registered_social_enterprise=row["registered_social_enterprise"],
        example=row["example"],
        source_note=SOURCES[row["source"]],
        latitude=latitude,
        longitude=longitude,
        created=created,
        updated=created,
    )


def place(row: Row, words: Words) -> tuple[Decimal | None, Decimal | None]:
    """Somewhere in its only district: an invented place for an invented organisation, none for the others."""
    if not row["example"] or len(row["districts"]) != 1:
        return None, None
    district = words.districts[row["municipality"], row["districts"][0]]
    if district.latitude is None or district.longitude is None:
        return None, None
    north = Decimal(chance(row["key"] + "north", 100) - 50) / 10_000
    east = Decimal(chance(row["key"] + "east", 100) - 50) / 6_000
    return round(district.latitude + north, 5), round(district.longitude + east, 5)


def add_teams(book: Book, organisations: dict[str, Organisation]) -> None:
    """The personas' memberships, and a contact as owner of each other invented organisation."""
    teams = [
        (row["key"], membership["organisation"], membership["kind"])
        for row in rows("personas")
        for membership in row["memberships"]
    ]
    known = book.known["person"]
    teams += [(contact_key(key), key, MembershipKind.OWNER) for key in organisations if contact_key(key) in known]
    Membership.objects.bulk_create(
        Membership(
            user_id=known[person],
            organisation=organisations[key],
            kind=kind,
            starts=organisations[key].created.date(),
        )
        for person, key, kind in teams
        if key in organisations
    )


def verify(organisations: dict[str, Organisation]) -> None:
    """Some of the registered ones are verified by the administrator of their municipality."""
    registered = sorted(key for key, one in organisations.items() if one.registered_social_enterprise)
    administrators = {
        role.municipality_id: role.user_id
        for role in Role.objects.filter(kind=RoleKind.MUNICIPALITY_ADMINISTRATOR).order_by("pk")
    }
    verifications = []
    for key in registered[::VERIFIED_EACH]:
        day = clock.today() - timedelta(days=30 + chance(key, 300))
        verifications.append(
            Verification(
                organisation=organisations[key],
                municipality_id=organisations[key].home_id,
                criteria={criterion: True for criterion, _label in CRITERIA},
                verified_by_id=administrators[organisations[key].home_id],
                verified=day,
                valid_to=day + timedelta(days=VERIFICATION_DAYS),
            )
        )
    Verification.objects.bulk_create(verifications)


def owners() -> dict[int, int]:
    """An owner of each organisation that has one, by primary keys."""
    found = Membership.objects.filter(kind=MembershipKind.OWNER).order_by("-pk")
    return dict(found.values_list("organisation_id", "user_id"))
