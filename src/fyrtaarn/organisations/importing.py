"""How organisations are imported from a municipality's table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas import lookups as places
from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.foundation.importing import (
    Fault,
    Importer,
    ImportField,
    Lookup,
    ParsedRow,
    RowFault,
    alike,
    choice,
    email,
    folded,
    register,
    repeated,
    several_of,
    text,
    web_address,
    whole_number,
    yes_no,
)
from fyrtaarn.people.models import User
from fyrtaarn.topics import lookups as topics
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from .actions import free_slug, set_shared
from .cvr import tidy_cvr, validate_cvr
from .listing import changed
from .models import Organisation, OrganisationKind

SHARED = ("themes", "target_groups", "goals", "districts")
MOST_EMPLOYEES = 500_000


@dataclass(frozen=True)
class Prepared:
    """What reading the rows needs."""

    themes: Lookup[Theme]
    target_groups: Lookup[TargetGroup]
    goals: Lookup[Goal]
    districts: Lookup[District]
    by_cvr: Mapping[str, str]  # number -> name
    names: tuple[str, ...]


def prepare(_user: User, municipality: Municipality) -> Prepared:
    """Read once what all rows need."""
    known = Organisation.objects.filter(closed=None)
    return Prepared(
        topics.themes(),
        topics.target_groups(),
        topics.goals(),
        places.districts(municipality),
        {one.cvr: one.name for one in Organisation.objects.only("cvr", "name") if one.cvr},
        tuple(known.values_list("name", flat=True)),
    )


def read_cvr(cell: str, prepared: Prepared) -> str:
    """A CVR number that nobody here has."""
    number = tidy_cvr(cell)
    try:
        validate_cvr(number)
    except ValidationError as fault:
        raise Fault(fault.message) from fault
    if number in prepared.by_cvr:
        raise Fault(
            _("The CVR number %(number)s is here already: %(name)s. Leave the row out."),
            number=number,
            name=prepared.by_cvr[number],
        )
    return number


def read_postcode(cell: str, _prepared: Prepared) -> str:
    """Four digits."""
    if not (cell.isascii() and cell.isdigit() and len(cell) == 4):
        raise Fault(_("“%(text)s” is not a postcode. It has four digits, such as 6000."), text=cell)
    return cell


def check(rows: Sequence[ParsedRow], prepared: Prepared, _publish: bool) -> Iterator[RowFault]:
    """The same enterprise twice in the file, or probably here already."""
    yield from repeated(rows, "cvr", str, _("Row %(row)s has the same CVR number %(text)s. Leave one of them out."))
    yield from repeated(rows, "name", folded, _("Row %(row)s has the same name “%(text)s”. Leave one of them out."))
    yield from alike(
        rows, "name", prepared.names, _("“%(text)s” is here already. Is it the same? Then leave the row out.")
    )


@transaction.atomic
def create(_user: User, municipality: Municipality, values: Mapping[str, Any], _publish: bool) -> Organisation:
    """An organisation without a team; its own people claim it later."""
    plain = {name: value for name, value in values.items() if name not in SHARED}
    organisation = Organisation.objects.create(**plain, home=municipality, slug=free_slug(values["name"]))
    set_shared(organisation, dict(values))
    changed(organisation)
    return organisation


KINDS = {
    OrganisationKind.SOCIAL_ENTERPRISE: ("socialøkonomisk virksomhed", "social virksomhed", "socialøkonomi", "RSV"),
    OrganisationKind.COMPANY: (
        "virksomhed",
        "firma",
        "aps",
        "a/s",
        "anpartsselskab",
        "aktieselskab",
        "enkeltmandsvirksomhed",
    ),
    OrganisationKind.ASSOCIATION: ("forening", "frivillig forening", "civilsamfund", "NGO"),
    OrganisationKind.EDUCATION: ("uddannelse", "skole", "uddannelsesinstitution", "højskole", "school"),
    OrganisationKind.FOUNDATION: ("fond", "selvejende institution"),
    OrganisationKind.HUB: ("hus", "hus eller fællesskab", "fællesskab", "værested", "hub"),
    OrganisationKind.PUBLIC_BODY: ("offentlig myndighed", "kommunal", "offentlig", "offentlig institution", "public"),
}

register(
    Importer(
        kind="organisation",
        model=Organisation,
        label=_("Organisations"),
        has_drafts=False,
        prepare=prepare,
        check=check,
        create=create,
        path=lambda organisation: f"/organisationer/{organisation.slug}/",
        fields=(
            ImportField(
                "name",
                _("Name"),
                text(200),
                ("navn", "organisation", "virksomhed", "forening", "titel", "firmanavn"),
                True,
            ),
            ImportField(
                "kind", _("Kind"), choice(OrganisationKind.choices, KINDS), ("type", "organisationstype", "form"), True
            ),
            ImportField("cvr", _("CVR number"), read_cvr, ("cvr", "cvr-nr", "cvr nr", "cvrnr", "se-nummer")),
            ImportField("what", _("What it does"), text(), ("beskrivelse", "formål", "om", "description", "aktivitet")),
            ImportField("for_whom", _("For whom"), text(), ("hvem", "brugere", "borgere")),
            ImportField(
                "themes", _("Themes"), several_of("themes"), ("temaer", "tema", "emne", "emner", "område", "theme")
            ),
            ImportField(
                "target_groups",
                _("Target groups"),
                several_of("target_groups"),
                ("målgrupper", "målgruppe", "target group"),
            ),
            ImportField("goals", _("UN goals"), several_of("goals"), ("verdensmål", "FN's verdensmål", "SDG", "SDGs")),
            ImportField(
                "districts",
                _("Districts"),
                several_of("districts"),
                ("bydele", "bydel", "lokalområde", "by", "district"),
            ),
            ImportField(
                "employees", _("Number of employees"), whole_number(MOST_EMPLOYEES), ("ansatte", "medarbejdere")
            ),
            ImportField("capacity", _("Capacity"), text(200), ("pladser", "antal pladser")),
            ImportField("website", _("Website"), web_address, ("hjemmeside", "web", "www", "url", "link")),
            ImportField("email", _("E-mail address"), email, ("mail", "e-mail", "email", "mailadresse")),
            ImportField("phone", _("Phone"), text(30), ("telefon", "tlf", "tlf.", "telefonnummer", "mobil")),
            ImportField("address", _("Address"), text(200), ("adresse", "vej", "gade", "vejnavn")),
            ImportField("postcode", _("Postcode"), read_postcode, ("postnr", "postnr.", "post nr", "zip")),
            ImportField("town", _("Town"), text(100), ("postdistrikt", "city")),
            ImportField(
                "registered_social_enterprise",
                _("Registered social enterprise (RSV)"),
                yes_no,
                ("RSV", "registreret", "registreret socialøkonomisk virksomhed"),
            ),
        ),
    )
)
