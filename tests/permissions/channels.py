"""Where a thing can turn up besides its own page: each channel gives all that it tells one reader, as text."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.test import Client

from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings.models import Meeting

from .marked import Marked, Place

MUCH_ALIKE = quote("Ældre spiser alene. Fællesspisning for ældre ved langbord")
Address = tuple[str, str]  # what the table calls it, and the address


def addresses(place: Place, asked: Iterable[Marked]) -> Iterator[Address]:
    """All channels about a place; `asked` are the things that are searched for."""
    here, words = place.municipality.slug, [thing.asked for thing in asked]
    question = quote(" ".join(words))
    slug = place.organisation.slug
    yield "front page", "/"
    yield "municipal front page", f"/{here}/"
    for overview in ("udfordringer", "loesninger", "organisationer", "soeg"):
        yield "overview page with its counts", f"/{here}/{overview}/"
        yield "overview page with its counts", f"/{overview}/?q=&sortering=navn"
    for one in words:
        yield "suggestion while typing", f"/soeg/forslag/?q={one[:-1]}"
    yield "suggestion while typing", f"/soeg/forslag/?q={question}"
    yield "search", f"/soeg/?q={question}"
    yield "search", f"/{here}/soeg/?q={question}"
    for form in ("csv", "xlsx"):
        yield f"search as {form}", f"/soeg/?format={form}"
        yield f"search as {form}", f"/{here}/udfordringer/?format={form}&q={question}"
    for overview in ("udfordringer", "loesninger", "soeg"):
        yield "feed", f"/{here}/{overview}/?format=atom"
        yield "feed", f"/{overview}/?format=atom&q={question}"
    for part in ("municipalities", "departments", "organisations", "challenges", "solutions", "collaborations"):
        yield "interface for programs", f"/api/v1/{part}?limit=100"
    yield "interface for programs: matches", f"/api/v1/matches?q={MUCH_ALIKE}"
    yield "departments page", f"/{here}/forvaltninger/"
    yield "department's page", f"/{here}/forvaltninger/{place.social.slug}/"
    yield "organisation's page", f"/organisationer/{slug}/"
    yield "collaborations", f"/{here}/samarbejder/"
    for form in ("csv", "xlsx"):
        yield f"collaborations as {form}", f"/samarbejder/?format={form}"
        yield f"my challenges as {form}", f"/min/udfordringer/?format={form}"
        yield f"my solutions as {form}", f"/min/loesninger/?format={form}"
        yield f"my dialogues as {form}", f"/min/dialoger/?format={form}"
        yield f"my questions as {form}", f"/min/spoergsmaal/?format={form}"
        yield f"board of questions as {form}", f"/{here}/sager/?vis=alle&format={form}"
        yield f"my collaborations as {form}", f"/min/samarbejder/?format={form}"
        yield f"imports as {form}", f"/import/?format={form}"
        yield f"roles as {form}", f"/{here}/administration/roller/?format={form}"
    for about in ("public challenge", "offered solution"):
        yield f"page of the {about}", Listing.objects.get(title=place.words(about)).path
    for dialogue in Meeting.objects.order_by("pk"):
        yield "messages of a dialogue", f"/min/dialoger/{dialogue.pk}/nye/?efter=0"
    yield "claims", f"/{here}/administration/organisationer/"
    yield "my overview", "/min/overblik/"
    yield "my notices", "/min/beskeder/"
    yield "my saved searches", "/min/soegninger/"
    yield "mail to me", "/demo/post/"


def told(client: Client, address: str) -> str:
    """All that an address tells; nothing where it is refused."""
    response: Any = client.get(address)
    if response.status_code != 200:
        return ""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" in response.headers["Content-Type"]:
        with zipfile.ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in sorted(book.namelist()) if not name.startswith("docProps"))
    return content.decode()
