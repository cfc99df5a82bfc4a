"""What the interface answers with. Texts are as their owners wrote them; `language` says in which language."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

MOST = 2**63 - 1
SLUG = r"^[a-z0-9][a-z0-9-]{0,89}$"

Identity = Annotated[int, Field(ge=1, le=MOST)]


class Place(Schema):
    """A municipality or district."""

    slug: str
    name: str


class MunicipalityOut(Schema):
    """One of the 98 municipalities; `open` ones run their portal here."""

    code: str
    slug: str
    name: str
    name_en: str
    region: str
    open: bool


class DepartmentOut(Schema):
    """A department (forvaltning), valid from `valid_from` up to, not including, `valid_to`."""

    id: int
    municipality: Place
    slug: str
    name: str
    name_en: str
    abbreviation: str
    committee: str
    valid_from: date | None
    valid_to: date | None
    url: str


class OrganisationShort(Schema):
    """An organisation where it is mentioned."""

    id: int
    name: str
    cvr: str | None
    url: str


class OrganisationOut(OrganisationShort):
    """An organisation as it describes itself."""

    slug: str
    kind: str
    municipality: Place
    what: str
    for_whom: str
    language: str
    themes: list[str]
    target_groups: list[str]
    goals: list[int]
    districts: list[Place]
    employees: int | None
    website: str
    registered_social_enterprise: bool
    example: bool
    updated: datetime


class ChallengeOut(Schema):
    """What a municipality seeks help with."""

    id: int
    title: str
    municipality: Place
    departments: list[str]
    situation: str
    whom: str
    change: str
    where: str
    when: str
    needed_by: date | None
    possibilities: list[str]
    themes: list[str]
    target_groups: list[str]
    goals: list[int]
    districts: list[Place]
    state: str
    learned: str
    language: str
    published: datetime
    updated: datetime
    url: str


class ReferenceOut(Schema):
    """Where a solution has been used before."""

    title: str
    year: int | None
    note: str


class SolutionOut(Schema):
    """What an organisation offers."""

    id: int
    title: str
    organisation: OrganisationShort
    what: str
    for_whom: str
    evidence: str
    stage: str
    themes: list[str]
    target_groups: list[str]
    goals: list[int]
    districts: list[Place]
    delivers_everywhere: bool
    delivers_in: list[Place]
    capacity: str
    capacity_now: str
    price_model: str
    price_note: str
    references: list[ReferenceOut]
    language: str
    confirmed: date
    fresh_until: date
    published: datetime
    updated: datetime
    url: str


class PartyOut(Schema):
    """A department or an organisation in a collaboration."""

    kind: str
    name: str


class CollaborationOut(Schema):
    """The public part of a collaboration, in the half-open period [starts, ends)."""

    id: int
    title: str
    municipality: Place
    parties: list[PartyOut]
    goal: str
    promised_effect: str
    starts: date | None
    ends: date | None
    state: str
    worked: str
    did_not_work: str
    next_time: str
    updated: datetime
    url: str


class OutcomeOut(Schema):
    """What is wanted to be different for somebody."""

    key: str
    name_da: str
    name_en: str


class IndicatorOut(Schema):
    """One thing that is measured in the same way everywhere, as its newest version says it. `key` never changes."""

    id: int
    key: str
    version: int
    since: date
    bottom_line: str
    outcome: OutcomeOut
    theme: str
    goal: int
    target: str
    measure: str
    unit: str
    timing: str
    direction: str
    frequency: str
    evidence: str
    instrument: str
    references: list[str]
    name_da: str
    name_en: str
    counts_da: str
    counts_en: str
    leaves_out_da: str
    leaves_out_en: str
    numerator_da: str
    numerator_en: str
    denominator_da: str
    denominator_en: str
    guidance_da: str
    guidance_en: str
    url: str


class Contribution(Schema):
    """One part of a score, with its reason and the words that met."""

    reason: str
    points: int
    question_words: list[str]
    document_words: list[str]


class MatchOut(Schema):
    """Something that fits: `score` is exactly the sum of the contributions' points."""

    kind: str
    id: int
    title: str
    score: int
    contributions: list[Contribution]
    reasons: list[str]
    against: list[str]
    url: str


class Matches(Schema):
    """What fits, best first."""

    items: list[MatchOut]


class MunicipalityPage(Schema):
    """A page of municipalities; ask for `next` to go on, null at the end."""

    items: list[MunicipalityOut]
    next: str | None


class DepartmentPage(Schema):
    items: list[DepartmentOut]
    next: str | None


class OrganisationPage(Schema):
    items: list[OrganisationOut]
    next: str | None


class ChallengePage(Schema):
    items: list[ChallengeOut]
    next: str | None


class SolutionPage(Schema):
    items: list[SolutionOut]
    next: str | None


class CollaborationPage(Schema):
    items: list[CollaborationOut]
    next: str | None


class IndicatorPage(Schema):
    items: list[IndicatorOut]
    next: str | None


class Problem(Schema):
    """What went wrong, in words."""

    detail: str
