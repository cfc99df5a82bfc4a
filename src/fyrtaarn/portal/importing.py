"""How challenges and solutions are imported from a municipality's table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas import lookups as places
from fyrtaarn.areas.models import Department, District, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.importing import (
    Fault,
    Importer,
    ImportField,
    Lookup,
    ParsedRow,
    RowFault,
    alike,
    choice,
    day,
    folded,
    one_of,
    register,
    repeated,
    several_choices,
    several_of,
    text,
    yes_no,
)
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.listings.actions import publish
from fyrtaarn.listings.models import Audience
from fyrtaarn.organisations.models import Membership, Organisation
from fyrtaarn.people.models import Role, User
from fyrtaarn.people.rules import EMPLOYEE_KINDS
from fyrtaarn.topics import lookups as topics
from fyrtaarn.topics.models import Goal, TargetGroup, Theme

from .actions import add_challenge, publish_challenge
from .actions.drafts import assign, save
from .actions.solutions import TEXTS as SOLUTION_TEXTS
from .models import CapacityNow, Challenge, Possibility, PriceModel, Solution, SolutionState, Stage
from .rules import departments_edited, leads

TITLE, LINE = 120, 200


class RowState(models.TextChoices):
    """What a row's own column may say of its state."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


@dataclass(frozen=True)
class Prepared:
    """What reading the rows needs."""

    themes: Lookup[Theme]
    target_groups: Lookup[TargetGroup]
    goals: Lookup[Goal]
    districts: Lookup[District]
    titles: tuple[str, ...]  # of what the municipality has already


@dataclass(frozen=True)
class PreparedChallenges(Prepared):
    """And what only challenges need."""

    departments: Lookup[Department]
    employees: Lookup[User]
    departments_written_for: frozenset[int] | None  # None: all; else her own, of which the first is taken unless named


@dataclass(frozen=True)
class PreparedSolutions(Prepared):
    """And what only solutions need."""

    organisations: Lookup[Organisation]
    municipalities: Lookup[Municipality]
    with_team: frozenset[int]


def prepare_challenges(user: User, municipality: Municipality) -> PreparedChallenges:
    """Read once what all rows of challenges need."""
    challenges = Challenge.objects.filter(municipality=municipality).exclude(title="")
    roles = Role.objects.current().filter(municipality=municipality, kind__in=EMPLOYEE_KINDS, user__is_active=True)
    return PreparedChallenges(
        topics.themes(),
        topics.target_groups(),
        topics.goals(),
        places.districts(municipality),
        tuple(challenges.values_list("title", flat=True)),
        places.departments(municipality),
        Lookup((role.user, role.user.email, ()) for role in roles.select_related("user")),
        None if leads(user, municipality) else departments_edited(user, municipality),
    )


def prepare_solutions(_user: User, municipality: Municipality) -> PreparedSolutions:
    """Read once what all rows of solutions need."""
    organisations = Organisation.objects.filter(home=municipality, closed=None)
    return PreparedSolutions(
        topics.themes(),
        topics.target_groups(),
        topics.goals(),
        places.districts(municipality),
        tuple(
            Solution.objects.filter(organisation__in=organisations).exclude(title="").values_list("title", flat=True)
        ),
        Lookup((one, one.name, [one.cvr or "", one.slug]) for one in organisations),
        places.municipalities(),
        frozenset(
            Membership.objects.current()
            .filter(organisation__in=organisations)
            .order_by()
            .values_list("organisation_id", flat=True)
        ),
    )


def is_published(row: ParsedRow, publish_all: bool) -> bool:
    """Whether the row is to be seen by others at once; its own word counts before the choice for the whole file."""
    return bool(row.values.get("state", RowState.PUBLISHED if publish_all else RowState.DRAFT) == RowState.PUBLISHED)


def check_titles(rows: Sequence[ParsedRow], titles: Sequence[str]) -> Iterator[RowFault]:
    yield from repeated(rows, "title", folded, _("Row %(row)s has the same title “%(text)s”. Leave one of them out."))
    yield from alike(rows, "title", titles, _("“%(text)s” is here already. Is it the same? Then leave the row out."))


def check_needed(rows: Sequence[ParsedRow], publish_all: bool, names: Sequence[str]) -> Iterator[RowFault]:
    """What a draft may lack must be there before others see it."""
    for row in rows:
        for name in names:
            if is_published(row, publish_all) and name not in row.values:
                yield row, name, Fault(_("This must be filled in before it can be published. Or import it as a draft."))


def check_challenges(rows: Sequence[ParsedRow], prepared: PreparedChallenges, publish_all: bool) -> Iterator[RowFault]:
    """Double titles, what publishing needs, and departments that the person does not write for."""
    yield from check_titles(rows, prepared.titles)
    allowed = prepared.departments_written_for
    yield from check_needed(rows, publish_all, ("situation",) if allowed else ("situation", "department"))
    for row in rows:
        department = row.values.get("department")
        if allowed is not None and department is not None and department.pk not in allowed:
            yield (
                row,
                "department",
                Fault(_("You do not write for “%(text)s”. Leave the row out."), text=department.name),
            )


def check_solutions(rows: Sequence[ParsedRow], prepared: PreparedSolutions, publish_all: bool) -> Iterator[RowFault]:
    """Double titles, what publishing needs, and enterprises that publish their solutions themselves."""
    yield from check_titles(rows, prepared.titles)
    yield from check_needed(rows, publish_all, ("what",))
    for row in rows:
        organisation = row.values.get("organisation")
        if organisation is not None and organisation.pk in prepared.with_team and is_published(row, publish_all):
            yield (
                row,
                "organisation",
                Fault(
                    _(
                        "“%(text)s” has its own team here. Import the row as a draft, so that they publish it themselves."
                    ),
                    text=organisation.name,
                ),
            )


@transaction.atomic
def create_challenge(user: User, municipality: Municipality, values: Mapping[str, Any], publish_all: bool) -> Challenge:
    """A challenge with the person who imports as its contact, unless the row names another."""
    fields = {name: value for name, value in values.items() if name != "state"}
    challenge = add_challenge(user, municipality, uuid4(), fields)
    if is_published(ParsedRow(0, dict(values)), publish_all):
        return publish_challenge(user, challenge)
    return challenge


@transaction.atomic
def create_solution(user: User, _place: Municipality, values: Mapping[str, Any], publish_all: bool) -> Solution:
    """A solution written down by the municipality: a draft for the enterprise's team, or offered while it has none."""
    fields = {name: value for name, value in values.items() if name not in ("state", "organisation")}
    solution = Solution(organisation=values["organisation"], created_by=user)
    is_offered = is_published(ParsedRow(0, dict(values)), publish_all)
    if is_offered:
        if Membership.objects.current().filter(organisation=solution.organisation).exists():
            raise Refused(_("The organisation has a team by now, which publishes its solutions itself."))
        solution.state, solution.published = SolutionState.PUBLISHED, clock.now()
    assign(solution, fields, SOLUTION_TEXTS)
    save(solution, fields)
    if is_offered:
        log_step(solution, "publish", SolutionState.DRAFT, SolutionState.PUBLISHED, by=user)
        publish(solution)
    return solution


STATES = {
    RowState.DRAFT: ("kladde", "udkast", "under udarbejdelse", "ny"),
    RowState.PUBLISHED: (
        "offentliggjort",
        "publiceret",
        "aktiv",
        "åben",
        "søger løsninger",
        "udbydes",
        "open",
        "active",
    ),
}
POSSIBILITIES = {
    Possibility.TRIAL: ("prøvehandling", "pilot", "test", "afprøvning"),
    Possibility.PURCHASE: ("indkøb", "køb", "udbud"),
    Possibility.PARTNERSHIP: ("samarbejde", "partnerskab", "samskabelse"),
    Possibility.FUNDING: ("penge", "støtte", "tilskud", "økonomi", "midler"),
}
AUDIENCES = {
    Audience.PUBLIC: ("offentlig", "alle", "åben", "public", "everyone"),
    Audience.MUNICIPALITY: ("intern", "kommunen", "kun kommunen", "internal"),
}
STAGES = {
    Stage.IDEA: ("idé", "ide", "ny idé"),
    Stage.TRIED: ("prøvet", "afprøvet", "pilot", "test"),
    Stage.PROVEN: ("dokumenteret", "virker", "i drift", "drift"),
    Stage.SCALED: ("skaleret", "udbredt", "i stor skala"),
}
CAPACITIES = {
    CapacityNow.NONE: ("ingen", "fuldt", "nej", "none"),
    CapacityNow.SOME: ("lidt", "noget", "enkelte", "ja"),
    CapacityNow.PLENTY: ("god plads", "meget", "mange"),
}
PRICES = {
    PriceModel.FREE: ("gratis", "0 kr", "ingen betaling", "free"),
    PriceModel.FIXED: ("fast pris", "fastpris"),
    PriceModel.HOURLY: ("timepris", "pr time", "per time", "timebetaling"),
    PriceModel.PER_PLACE: ("pr plads", "per plads", "pr deltager", "per deltager", "pladspris"),
    PriceModel.SUBSCRIPTION: ("abonnement", "årlig", "medlemskab"),
    PriceModel.AGREEMENT: ("efter aftale", "aftale", "tilbud"),
}

TITLE_FIELD = ImportField(
    "title", _("Title"), text(TITLE), ("titel", "overskrift", "navn", "emne", "name"), required=True
)
TOPIC_FIELDS = (
    ImportField(
        "themes", _("Themes"), several_of("themes"), ("temaer", "tema", "område", "kategori", "theme", "category")
    ),
    ImportField(
        "target_groups", _("Target groups"), several_of("target_groups"), ("målgrupper", "målgruppe", "target group")
    ),
    ImportField("goals", _("UN goals"), several_of("goals"), ("verdensmål", "FN's verdensmål", "SDG", "SDGs")),
    ImportField(
        "districts", _("Districts"), several_of("districts"), ("bydele", "bydel", "lokalområde", "district", "by")
    ),
)
STATE_FIELD = ImportField("state", _("State"), choice(RowState.choices, STATES), ("status", "tilstand"))

register(
    Importer(
        kind="challenge",
        model=Challenge,
        label=_("Challenges"),
        has_drafts=True,
        prepare=prepare_challenges,
        check=check_challenges,
        create=create_challenge,
        path=lambda challenge: challenge.path,
        fields=(
            TITLE_FIELD,
            ImportField("situation", _("Situation"), text(), ("beskrivelse", "udfordring", "problem", "description")),
            ImportField("whom", _("Whom does it concern?"), text(), ("hvem", "berørte", "borgere")),
            ImportField("change", _("Wanted change"), text(), ("ønsket forandring", "mål", "effekt", "ønske", "goal")),
            ImportField("department", _("Department"), one_of("departments"), ("afdeling", "forvaltning", "enhed")),
            ImportField(
                "partners", _("Owned together with"), several_of("departments"), ("medejere", "øvrige forvaltninger")
            ),
            ImportField("where", _("Where"), text(LINE), ("sted", "lokation", "adresse", "place")),
            ImportField("when", _("When"), text(LINE), ("tidspunkt", "periode", "tidsplan")),
            ImportField(
                "needed_by", _("Answers wanted before"), day(not_past=True), ("frist", "deadline", "svarfrist", "dato")
            ),
            ImportField(
                "possibilities",
                _("What is possible"),
                several_choices(Possibility.choices, POSSIBILITIES),
                ("muligheder", "samarbejdsform", "form"),
            ),
            *TOPIC_FIELDS,
            ImportField(
                "contact",
                _("Contact (e-mail address)"),
                one_of("employees"),
                ("kontakt", "kontaktperson", "ansvarlig", "mail"),
            ),
            ImportField(
                "audience",
                _("Who can see it"),
                choice(Audience.choices[:2], AUDIENCES),
                ("synlighed", "adgang", "visibility"),
            ),
            STATE_FIELD,
        ),
    )
)
register(
    Importer(
        kind="solution",
        model=Solution,
        label=_("Solutions"),
        has_drafts=True,
        prepare=prepare_solutions,
        check=check_solutions,
        create=create_solution,
        path=lambda solution: solution.path,
        fields=(
            ImportField(
                "organisation",
                _("Organisation (name or CVR number)"),
                one_of("organisations"),
                ("virksomhed", "organisation", "forening", "leverandør", "udbyder", "cvr"),
                required=True,
            ),
            TITLE_FIELD,
            ImportField("what", _("What it does"), text(), ("beskrivelse", "løsning", "indhold", "description")),
            ImportField("for_whom", _("For whom"), text(), ("hvem", "brugere", "borgere")),
            ImportField("evidence", _("What shows that it works"), text(), ("evidens", "dokumentation", "resultater")),
            ImportField("stage", _("Stage"), choice(Stage.choices, STAGES), ("stadie", "modenhed", "fase")),
            *TOPIC_FIELDS,
            ImportField(
                "delivers_in",
                _("Also delivered in"),
                several_of("municipalities"),
                ("kommuner", "leveres i", "dækning"),
            ),
            ImportField(
                "delivers_everywhere", _("Delivered in the whole country"), yes_no, ("hele landet", "landsdækkende")
            ),
            ImportField("capacity", _("Capacity"), text(LINE), ("kapacitet", "pladser", "antal pladser")),
            ImportField(
                "capacity_now",
                _("Room at present"),
                choice(CapacityNow.choices, CAPACITIES),
                ("ledig plads", "ledige pladser"),
            ),
            ImportField(
                "price_model", _("Price model"), choice(PriceModel.choices, PRICES), ("pris", "prismodel", "betaling")
            ),
            ImportField("price_note", _("About the price"), text(LINE), ("prisnote", "pris i kr", "beløb")),
            STATE_FIELD,
        ),
    )
)
