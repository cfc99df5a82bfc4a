"""A department in Kolding with its people, and an enterprise with hers."""

from typing import Any
from uuid import uuid4

import pytest

from tests.harness.people import make_department, make_employee, make_organisation, make_user

SITUATION = "Mange ældre spiser alene hver dag. Vi vil gerne samle dem om et måltid."


@pytest.fixture
def department(kolding: Any) -> Any:
    return make_department(kolding, "Seniorforvaltningen")


@pytest.fixture
def other_department(kolding: Any) -> Any:
    return make_department(kolding, "Kulturforvaltningen")


@pytest.fixture
def editor(kolding: Any, department: Any) -> Any:
    return make_employee(kolding, "department_editor", department, name="Eva Editor")


@pytest.fixture
def colleague(kolding: Any, other_department: Any) -> Any:
    return make_employee(kolding, "contact_person", other_department, name="Kaj Kontakt")


@pytest.fixture
def owner(db: None) -> Any:
    return make_user("Inger Iværksætter")


@pytest.fixture
def organisation(kolding: Any, owner: Any) -> Any:
    return make_organisation(kolding, "Køkkenet", owner=owner, for_whom="Ældre i byen", capacity="40 gæster")


def make_challenge(user: Any, municipality: Any, *, published: bool = False, **fields: Any) -> Any:
    """A challenge that lacks nothing."""
    from fyrtaarn.portal import actions

    told = {"title": "Ældre spiser alene", "situation": SITUATION, **fields}
    challenge = actions.add_challenge(user, municipality, uuid4(), told)
    return actions.publish_challenge(user, challenge) if published else challenge


def make_solution(user: Any, organisation: Any, *, published: bool = False, **fields: Any) -> Any:
    """A solution that lacks nothing."""
    from fyrtaarn.portal import actions

    told = {
        "title": "Fællesspisning for ældre",
        "what": "Vi laver mad sammen med ældre og spiser ved langbord.",
        **fields,
    }
    solution = actions.add_solution(user, organisation, uuid4(), told)
    return actions.publish_solution(user, solution) if published else solution


def picture() -> Any:
    """A small picture to upload."""
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    content = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    return SimpleUploadedFile("bord.png", content.getvalue(), "image/png")
