"""Whoever is away is signed out, and loses nothing of what she was writing; signed-in pages are kept by nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from fyrtaarn.foundation import clock
from fyrtaarn.people.sessions import BEGUN, SEEN
from tests.harness.browser import assert_good_page, html_faults, sign_in
from tests.harness.people import make_user

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}
PROFILE = "/min/profil/"


@pytest.fixture
def person() -> Any:
    return make_user("Asta")


@pytest.fixture
def at_home(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def let_pass(client: Client, key: str, passed: timedelta) -> None:
    """As if what the session notes had been so long ago."""
    session = client.session
    session[key] = (clock.now() - passed).isoformat()
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(hours=1))


def test_whoever_has_been_away_for_hours_signs_in_again(at_home: Client) -> None:
    assert at_home.get(PROFILE).status_code == 200
    ends = Session.objects.get().expire_date
    assert abs(ends - timezone.now() - timedelta(hours=8)) < timedelta(minutes=1)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert at_home.get(PROFILE).headers["Location"].startswith("/konto/login/")


def test_whoever_goes_on_stays_signed_in(at_home: Client) -> None:
    let_pass(at_home, SEEN, timedelta(minutes=6))
    answer = at_home.get(PROFILE)
    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=7)
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 8 * 60 * 60


def test_going_on_is_not_written_down_at_every_page(at_home: Client) -> None:
    let_pass(at_home, SEEN, timedelta(minutes=4))
    at_home.get(PROFILE)
    assert Session.objects.get().expire_date < timezone.now() + timedelta(hours=2)


def test_a_page_that_asks_for_its_news_keeps_nobody_signed_in(at_home: Client) -> None:
    let_pass(at_home, SEEN, timedelta(minutes=6))
    at_home.get(PROFILE, headers={"hx-request": "true"})
    assert Session.objects.get().expire_date < timezone.now() + timedelta(hours=2)


@pytest.mark.parametrize(("days", "signed_in"), [(13, True), (15, False)])
def test_nobody_stays_for_longer_than_two_weeks(at_home: Client, days: int, signed_in: bool) -> None:
    let_pass(at_home, BEGUN, timedelta(days=days))
    assert (at_home.get(PROFILE).status_code == 200) == signed_in
    assert Session.objects.exists() == signed_in


def test_a_session_from_before_this_was_noted_is_over(at_home: Client) -> None:
    session = at_home.session
    del session[BEGUN]
    session.save()
    assert at_home.get(PROFILE).status_code == 302


def test_what_is_sent_too_late_waits_and_can_be_sent_again(at_home: Client, person: Any) -> None:
    at_home.session.flush()
    sent = {"name": 'Asta "<b>" Åkjær', "title": "To\nlinjer", "phone": "", "language": "da"}
    answer = at_home.post(PROFILE, sent, headers=OURS)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Intet er gået tabt" in page
    assert "Asta &quot;&lt;b&gt;&quot; Åkjær" in page
    assert html_faults(page) == []


def test_other_websites_and_passwords_are_not_echoed(at_home: Client) -> None:
    at_home.session.flush()
    for address, origin in ((PROFILE, "https://ondt.example"), ("/konto/password/change/", OURS["origin"])):
        answer = at_home.post(address, {"name": "Asta", "oldpassword": "hemmeligt"}, headers={"origin": origin})
        assert answer.status_code == 302, address
    strict = Client(enforce_csrf_checks=True)
    for address, origin in (("/sprog/", "https://ondt.example"), ("/konto/login/", OURS["origin"])):
        answer = strict.post(address, {"login": "asta", "password": "hemmeligt"}, headers={"origin": origin})
        assert answer.status_code == 403
        assert "hemmeligt" not in answer.content.decode()


def test_pages_of_the_signed_in_are_kept_by_nobody(at_home: Client) -> None:
    assert at_home.get("/").headers["Cache-Control"] == "private, no-store"
    gone = at_home.post("/konto/logout/")
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in gone.headers["Cache-Control"]
    as_visitor = at_home.get("/")
    assert "Cache-Control" not in as_visitor.headers
    assert "Clear-Site-Data" not in as_visitor.headers


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_somebody_who_was_away_while_writing_saves_after_all(page: Any, live_server: Any, person: Any) -> None:
    sign_in(page, live_server.url, person)
    desk = page.context.new_page()  # not `page`, which fails at each refusal
    desk.goto(live_server.url + PROFILE)
    desk.fill("[name=name]", "Asta Efter Frokost")
    Session.objects.all().delete()
    desk.get_by_role("button", name="Gem", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Du er blevet logget ud")
    assert_good_page(desk)
    with page.context.expect_page() as opened:
        desk.get_by_role("link", name="Log ind i et nyt vindue").click()
    window = opened.value
    window.fill("[name=login]", person.email)
    window.fill("[name=password]", "en lang og god sætning")
    window.click("main form button[type=submit]")
    window.wait_for_url("**/min/overblik/**")
    for title in ("Formularen havde været åben for længe", "Min profil"):  # signing in has renewed the form's token
        desk.get_by_role("button", name="Send igen").click()
        expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    person.refresh_from_db()
    assert person.name == "Asta Efter Frokost"
