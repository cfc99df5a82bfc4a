"""The addresses of the interface. All are reads, open to everybody, without sign-in."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, NinjaAPI, Query, Schema

from . import matches, queries, shapes
from .paging import LARGEST_PAGE, page
from .schemas import (
    MOST,
    SLUG,
    ChallengeOut,
    ChallengePage,
    CollaborationOut,
    CollaborationPage,
    DepartmentPage,
    Identity,
    IndicatorOut,
    IndicatorPage,
    Matches,
    MunicipalityPage,
    OrganisationOut,
    OrganisationPage,
    Problem,
    SolutionOut,
    SolutionPage,
)

DESCRIPTION = """Everything that is public on this platform, for reading: organisations, departments, challenges,
solutions, collaborations and what fits what. Lists come in pages: follow `next` until it is null. Ids are stable."""


class ReadApi(NinjaAPI):
    """Answers may be read by pages from anywhere (CORS): everything here is public."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> Any:
        response = super().create_response(request, data, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


api = ReadApi(
    title="Fyrtårn",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


class Paging(Schema):
    """Which page."""

    after: int = Field(0, ge=0, le=MOST, description="The last id that you have.")
    limit: int = Field(50, ge=1, le=LARGEST_PAGE, description="Rows a page.")


class InMunicipality(Paging):
    municipality: str | None = Field(None, pattern=SLUG, description="Slug of a municipality, for instance kolding.")


class ByTopic(InMunicipality):
    theme: str | None = Field(None, pattern=SLUG, description="Slug of a theme.")
    target_group: str | None = Field(None, pattern=SLUG, description="Slug of a target group.")
    goal: int | None = Field(None, ge=1, le=17, description="Number of a UN goal.")


class ChallengeFilters(ByTopic):
    department: str | None = Field(None, pattern=SLUG, description="Slug of an owning department.")
    state: str | None = Field(None, pattern=r"^[a-z_]{1,20}$")


class SolutionFilters(ByTopic):
    organisation: int | None = Field(None, ge=1, le=MOST)
    stage: str | None = Field(None, pattern=r"^[a-z_]{1,20}$")


class IndicatorFilters(Paging):
    bottom_line: str | None = Field(None, pattern=r"^[a-z]{1,20}$", description="people, enterprise or society.")
    theme: str | None = Field(None, pattern=SLUG, description="Slug of a theme.")
    goal: int | None = Field(None, ge=1, le=17, description="Number of a UN goal.")


class Top(Schema):
    limit: int = Field(20, ge=1, le=LARGEST_PAGE, description="How many, best first.")


class TextQuestion(Top):
    q: str = Field(min_length=2, max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$", description="A text.")


WRONG: dict[int, Any] = {422: Problem}
MISSING: dict[int, Any] = {404: Problem, 422: Problem}


@api.get("/municipalities", response={200: MunicipalityPage, **WRONG}, tags=["areas"])
def municipalities(request: HttpRequest, filters: Query[Paging]) -> Any:
    """All 98 municipalities."""
    return page(request, queries.municipalities(), filters.after, filters.limit, shapes.municipality)


@api.get("/departments", response={200: DepartmentPage, **WRONG}, tags=["areas"])
def departments(request: HttpRequest, filters: Query[InMunicipality]) -> Any:
    """Departments (forvaltninger), also former ones, with their dates."""
    rows = narrowed(queries.departments(), municipality__slug=filters.municipality)
    return page(request, rows, filters.after, filters.limit, shapes.department)


@api.get("/organisations", response={200: OrganisationPage, **WRONG}, tags=["organisations"])
def organisations(request: HttpRequest, filters: Query[ByTopic]) -> Any:
    """Organisations; `municipality` is where they are at home."""
    rows = by_topic(narrowed(queries.organisations(), home__slug=filters.municipality), filters)
    return page(request, rows, filters.after, filters.limit, shapes.organisation)


@api.get("/organisations/{id}", response={200: OrganisationOut, **MISSING}, tags=["organisations"])
def organisation(request: HttpRequest, id: Identity) -> Any:
    """One organisation."""
    return shapes.organisation(one(queries.organisations(), id))


@api.get("/challenges", response={200: ChallengePage, **WRONG}, tags=["challenges"])
def challenges(request: HttpRequest, filters: Query[ChallengeFilters]) -> Any:
    """Public challenges in all states but draft."""
    rows = narrowed(
        queries.challenges(),
        municipality__slug=filters.municipality,
        department__slug=filters.department,
        state=filters.state,
    )
    return page(request, by_topic(rows, filters), filters.after, filters.limit, shapes.challenge)


@api.get("/challenges/{id}", response={200: ChallengeOut, **MISSING}, tags=["challenges"])
def challenge(request: HttpRequest, id: Identity) -> Any:
    """One challenge."""
    return shapes.challenge(one(queries.challenges(), id))


@api.get("/challenges/{id}/matches", response={200: Matches, **MISSING}, tags=["matches"])
def challenge_matches(request: HttpRequest, id: Identity, asked: Query[Top]) -> Any:
    """The solutions that fit a challenge, best first, each with the reasons that make up its score."""
    return {"items": matches.for_challenge(one(queries.challenges(), id), asked.limit)}


@api.get("/solutions", response={200: SolutionPage, **WRONG}, tags=["solutions"])
def solutions(request: HttpRequest, filters: Query[SolutionFilters]) -> Any:
    """Solutions on offer; `municipality` is where the organisation is at home."""
    rows = narrowed(
        queries.solutions(),
        organisation__home__slug=filters.municipality,
        organisation_id=filters.organisation,
        stage=filters.stage,
    )
    return page(request, by_topic(rows, filters), filters.after, filters.limit, shapes.solution)


@api.get("/solutions/{id}", response={200: SolutionOut, **MISSING}, tags=["solutions"])
def solution(request: HttpRequest, id: Identity) -> Any:
    """One solution."""
    return shapes.solution(one(queries.solutions(), id))


@api.get("/collaborations", response={200: CollaborationPage, **WRONG}, tags=["collaborations"])
def collaborations(request: HttpRequest, filters: Query[InMunicipality]) -> Any:
    """Collaborations that their parties show to everybody."""
    rows = narrowed(queries.collaborations(), municipality__slug=filters.municipality)
    return page(request, rows, filters.after, filters.limit, shapes.collaboration)


@api.get("/collaborations/{id}", response={200: CollaborationOut, **MISSING}, tags=["collaborations"])
def collaboration(request: HttpRequest, id: Identity) -> Any:
    """One collaboration."""
    return shapes.collaboration(one(queries.collaborations(), id))


@api.get("/indicators", response={200: IndicatorPage, **WRONG}, tags=["effects"])
def indicators(request: HttpRequest, filters: Query[IndicatorFilters]) -> Any:
    """What can be measured in the same way everywhere, with its guidance in both languages."""
    rows = narrowed(
        queries.indicators(),
        outcome__bottom_line=filters.bottom_line,
        theme__slug=filters.theme,
        goal=filters.goal,
    )
    return page(request, rows, filters.after, filters.limit, shapes.indicator)


@api.get("/indicators/{id}", response={200: IndicatorOut, **MISSING}, tags=["effects"])
def indicator(request: HttpRequest, id: Identity) -> Any:
    """One indicator."""
    return shapes.indicator(one(queries.indicators(), id))


@api.get("/matches", response={200: Matches, **WRONG}, tags=["matches"])
def text_matches(request: HttpRequest, asked: Query[TextQuestion]) -> Any:
    """The solutions that fit a text of your own, best first, with the reasons."""
    return {"items": matches.for_text(asked.q, asked.limit)}


def narrowed(rows: Any, **wanted: Any) -> Any:
    """The rows with all the wanted values; what is None narrows nothing."""
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def by_topic(rows: Any, filters: ByTopic) -> Any:
    return narrowed(
        rows, themes__slug=filters.theme, target_groups__slug=filters.target_group, goals__number=filters.goal
    )


def one(rows: Any, pk: int) -> Any:
    """The row with an id; an answer 404 that says so otherwise."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
