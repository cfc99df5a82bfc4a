"""A town in which the journeys happen: a department, enterprises with solutions, and people who come to it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser

from tests.harness.browser import html_faults_of, sign_in
from tests.harness.people import make_department, make_employee, make_organisation, make_user
from tests.imports.conftest import administrator, words  # noqa: F401
from tests.portal.conftest import make_challenge, make_solution

from .person import Person

WAYS = {
    "da": {"language": "da"},
    "en": {"language": "en"},
    "da-without-scripts": {"language": "da", "has_scripts": False},
    "da-by-keyboard": {"language": "da", "keyboard_only": True},
    "en-by-keyboard": {"language": "en", "keyboard_only": True},
}
"""How somebody may use the product, by the name that a test's report shows."""
Enter = Callable[..., Person]


def ways(*names: str) -> Any:
    """Run a journey in each of these ways."""
    return pytest.mark.parametrize("way", [pytest.param(WAYS[name], id=name) for name in names])


@pytest.fixture
def somebody(chromium: Browser, live_server: Any) -> Iterator[Enter]:
    """`somebody(way, user)` opens a browser of her own for a person, signed in where a user is given."""
    people: list[Person] = []
    cache.clear()  # it counts how often somebody signs up or in

    def enter(way: dict[str, Any], user: Any = None, who: str = "visitor") -> Person:
        person = Person(page=None, site=live_server.url, who=str(user or who), **way)  # type: ignore[arg-type]
        context = chromium.new_context(
            viewport=person.size,  # type: ignore[arg-type]
            java_script_enabled=person.has_scripts,
            extra_http_headers={"Accept-Language": person.language},
        )
        person.page = context.new_page()
        person.page.set_default_timeout(15_000)
        person.page.on("pageerror", lambda error: person.faults.append(str(error)))
        person.page.on("response", lambda answer: answer.status < 500 or person.faults.append(answer.url))
        if user is not None:
            type(user).objects.filter(pk=user.pk).update(language=person.language)
            sign_in(person.page, live_server.url, user)
        people.append(person)
        return person

    yield enter
    for person in people:
        person.page.context.close()
    assert [fault for person in people for fault in person.faults] == []
    sources = {url: source for person in people for url, source in person.sources.items()}
    assert not sources or html_faults_of(sources) == []


@dataclass
class Town:
    """Kolding on an ordinary day."""

    kolding: Any
    seniors: Any
    employee: Any
    colleague: Any
    kitchen: Any
    cook: Any
    meals: Any


@pytest.fixture
def town(transactional_db: None, kolding: Any) -> Town:
    from fyrtaarn.topics.loading import load_topics

    load_topics()
    seniors = make_department(kolding, "Seniorforvaltningen")
    employee: Any = make_employee(
        kolding, "department_editor", seniors, name="Mette Medarbejder", email="mette@example.dk"
    )
    colleague = make_employee(kolding, "department_editor", seniors, name="Kaj Kollega")
    cook = make_user("Klara Kok")
    kitchen = make_organisation(kolding, "Eksempelkøkkenet", owner=cook, for_whom="Ældre i byen")
    mechanic = make_user("Malik Mekaniker")
    workshop = make_organisation(kolding, "Eksempelværkstedet", owner=mechanic)
    meals = make_solution(cook, kitchen, published=True)
    make_solution(mechanic, workshop, published=True, title="Cykelværksted for unge", what="Unge lærer at lave cykler.")
    make_challenge(
        colleague,
        kolding,
        published=True,
        title="Ensomme ældre i Vamdrup",
        situation="Mange ældre i Vamdrup er alene og kommer sjældent ud.",
        department=seniors,
        contact=colleague,
    )
    return Town(kolding, seniors, employee, colleague, kitchen, cook, meals)


@pytest.fixture
def kept_mail(settings: Any, tmp_path: Path) -> Path:
    """The folder in which mail is kept that is not sent."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def work() -> None:
    """Do all background work that waits, as the worker does."""
    with ThreadPoolExecutor(1) as elsewhere:  # a browser's loop runs in this thread
        elsewhere.submit(_work).result()


def _work() -> None:
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)
