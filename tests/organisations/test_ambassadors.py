"""Ambassadors: asked by their municipality, with their own yes, shown to whom they choose."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, OutgoingMail
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.organisations.ambassadors import actions, queries
from fyrtaarn.organisations.ambassadors.states import AMBASSADOR_STATES
from fyrtaarn.organisations.models import Ambassador
from fyrtaarn.people.models import Role
from fyrtaarn.privacy.actions import erase
from fyrtaarn.topics.models import Theme
from tests.harness.people import make_department, make_employee, make_user
from tests.harness.races import at_once

WORDS: dict[str, Any] = {"help_da": "Jeg kender feltet.", "help_en": "", "themes": [], "shown": True}


@pytest.fixture
def social(kolding: Any) -> Any:
    return make_department(kolding, "Socialforvaltningen")


@pytest.fixture
def lead(kolding: Any, social: Any) -> Any:
    return make_employee(kolding, "department_lead", social, name="Lene Leder")


@pytest.fixture
def employee(kolding: Any, social: Any) -> Any:
    return make_employee(kolding, "contact_person", social, name="Asta Ambassadør", title="Konsulent")


def accepted(lead: Any, social: Any, employee: Any, **changes: Any) -> Ambassador:
    asked = actions.appoint(lead, social, employee)
    return actions.accept(employee, asked, {**WORDS, **changes}, asked.version)


@pytest.mark.django_db
def test_she_is_one_when_she_says_yes_herself(kolding: Any, lead: Any, social: Any, employee: Any) -> None:
    asked = actions.appoint(lead, social, employee)
    assert (asked.state, Notice.objects.get(recipient=employee).kind) == ("asked", "organisations.ambassador_asked")
    assert not queries.ambassadors_of(kolding).exists()
    assert queries.departments_without(kolding) == 1
    with pytest.raises(Refused):
        actions.accept(lead, asked, WORDS, asked.version)
    one = actions.accept(employee, asked, WORDS, asked.version)
    assert (one.state, one.since, one.confirmed) == ("active", clock.today(), clock.today())
    assert list(queries.ambassadors_of(kolding)) == [one]
    assert queries.departments_without(kolding) == 0
    assert Notice.objects.get(recipient=lead).kind == "organisations.ambassador_answered"


@pytest.mark.django_db
def test_she_may_say_no_and_be_asked_again(lead: Any, social: Any, employee: Any) -> None:
    asked = actions.appoint(lead, social, employee)
    with pytest.raises(Refused, match="allerede"):
        actions.appoint(lead, social, employee)
    AMBASSADOR_STATES.perform("decline", asked, by=employee)
    asked.refresh_from_db()
    assert asked.state == "ended"
    assert asked.ended is not None
    assert Notice.objects.get(recipient=lead).params["yes"] is False
    assert actions.appoint(lead, social, employee).pk != asked.pk


@pytest.mark.django_db
def test_who_asks_and_who_is_asked(kolding: Any, koebenhavn: Any, lead: Any, social: Any, employee: Any) -> None:
    other = make_department(kolding, "Kulturforvaltningen")
    for by, department, person in (
        (employee, social, employee),
        (lead, other, make_employee(kolding, "contact_person", other)),
        (make_employee(koebenhavn, "municipality_administrator"), social, employee),
        (lead, social, make_user()),
        (lead, social, make_employee(kolding, "reader")),
        (lead, social, make_employee(kolding, "contact_person", other)),
    ):
        with pytest.raises(Refused):
            actions.appoint(by, department, person)
    administrator = make_employee(kolding, "municipality_administrator")
    assert actions.appoint(administrator, social, make_employee(kolding, "buyer")).state == "asked"


@pytest.mark.django_db
def test_shown_as_she_has_agreed_and_as_long_as_she_works_there(
    kolding: Any, lead: Any, social: Any, employee: Any
) -> None:
    one = accepted(lead, social, employee, shown=False)
    assert not queries.ambassadors_of(kolding).exists()
    assert queries.departments_without(kolding) == 0
    theme, other = (Theme.objects.create(name=name, name_en=name, slug=name) for name in ("mad", "job"))
    one = actions.change_words(employee, one, {**WORDS, "themes": [theme]}, one.version)
    assert list(queries.ambassadors_of(kolding, department=social, theme=theme)) == [one]
    assert not queries.ambassadors_of(kolding, theme=other).exists()
    Role.objects.filter(user=employee).update(ends=clock.today())
    assert not queries.ambassadors_of(kolding).exists()
    assert queries.departments_without(kolding) == 1


@pytest.mark.django_db
def test_who_is_overtaken_by_herself_is_told(lead: Any, social: Any, employee: Any) -> None:
    one = accepted(lead, social, employee)
    actions.change_words(employee, one, WORDS, one.version)
    with pytest.raises(Conflict):
        actions.change_words(employee, one, {**WORDS, "help_da": "Andet"}, one.version)
    AMBASSADOR_STATES.perform("end", one, by=lead)
    one.refresh_from_db()
    with pytest.raises(Refused, match="sluttet"):
        actions.change_words(employee, one, WORDS, one.version)


@pytest.mark.django_db
def test_once_a_year_she_is_asked_once(lead: Any, social: Any, employee: Any) -> None:
    one = accepted(lead, social, employee)
    assert actions.ask_all_to_confirm() == 0
    Ambassador.objects.update(confirmed=clock.today() - timedelta(days=365))
    assert [actions.ask_all_to_confirm(), actions.ask_all_to_confirm()] == [1, 0]
    assert actions.confirm(employee, one).confirmed == clock.today()
    Ambassador.objects.update(confirmed=clock.today() - timedelta(days=400), state="paused")
    assert actions.ask_all_to_confirm() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("da", "Vil du være ambassadør for socialøkonomi i Socialforvaltningen?"),
        ("en", "Will you be an ambassador for social economy in Social Services?"),
    ],
)
def test_what_she_is_told_in_both_languages(lead: Any, social: Any, employee: Any, language: str, asked: str) -> None:
    social.name_en = "Social Services"
    social.save()
    employee.language = lead.language = language
    employee.save()
    one = accepted(lead, social, employee)
    Ambassador.objects.update(confirmed=clock.today() - timedelta(days=365))
    actions.ask_all_to_confirm()
    with translation.override(language):
        titles = [words_of(notice).title for notice in Notice.objects.order_by("pk")]
        texts = [words_of(notice).text for notice in Notice.objects.order_by("pk")]
    assert titles[0] == asked
    assert "Asta Ambassadør" in titles[1]
    assert len(set(titles)) == len(titles) == 3
    assert all(texts)
    assert OutgoingMail.objects.filter(recipient=employee.email).count() == 1
    assert one.department_id == social.pk


@pytest.mark.django_db
def test_ending_an_account_ends_it_and_empties_her_words(lead: Any, social: Any, employee: Any) -> None:
    accepted(lead, social, employee)
    erase(employee)
    one = Ambassador.objects.get()
    assert (one.state, one.help_da) == ("ended", "")


@pytest.mark.django_db
def test_the_pages(kolding: Any, client: Any, lead: Any, social: Any, employee: Any) -> None:
    listed = f"/{kolding.slug}/administration/ambassadoerer/"
    client.force_login(lead)
    assert "Socialforvaltningen" in client.get(listed).content.decode()
    form = f"{listed}spoerg/{social.pk}/"
    for bad in ("", "999999", "x"):
        assert client.post(form, {"person": bad}).status_code == 422
    assert client.post(form, {"person": employee.pk}).status_code == 302
    one = Ambassador.objects.get()
    client.force_login(employee)
    own = f"/min/ambassadoer/{one.pk}/"
    assert "Lene Leder" in client.get(own).content.decode()
    assert "skriv" in client.post(own, {"shown": "on", "version": "1"}).content.decode().lower()
    assert client.post(own, {"help_da": "x" * 301, "themes": ["x"], "version": "æ"}).status_code == 200
    assert client.post(f"{own}findesikke/").status_code == 404
    assert client.post(own, {"help_da": "Jeg kender feltet.", "shown": "on", "version": "1"}).status_code == 302
    assert client.post(f"{own}bekraeft/").status_code == 302
    client.logout()
    public = client.get(f"/{kolding.slug}/forvaltninger/{social.slug}/").content.decode()
    assert "Asta Ambassadør" in public
    assert "Asta Ambassadør" in client.get(f"/{kolding.slug}/forvaltninger/").content.decode()
    client.force_login(lead)
    assert client.post(f"{listed}{one.pk}/nej/").status_code == 404
    assert client.post(f"{listed}{one.pk}/pause/").status_code == 302
    assert "Asta" not in client.get(f"/{kolding.slug}/forvaltninger/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_ask_once(kolding: Any, lead: Any, social: Any, employee: Any) -> None:
    administrator: Any = make_employee(kolding, "municipality_administrator")
    outcomes = at_once(
        lambda: actions.appoint(lead, social, employee), lambda: actions.appoint(administrator, social, employee)
    )
    assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True]
    one = Ambassador.objects.get()
    answers = at_once(
        lambda: actions.accept(employee, one, WORDS, one.version),
        lambda: AMBASSADOR_STATES.perform("end", one, by=lead),
    )
    one.refresh_from_db()
    assert one.state in ("active", "ended")
    assert all(isinstance(each, Ambassador | Refused | Conflict) for each in answers)


STEPS = {(t.name, source, t.target) for t in AMBASSADOR_STATES.transitions.values() for source in t.sources}


@pytest.mark.django_db
def test_any_walk_keeps_an_ambassador_whole(lead: Any, social: Any, employee: Any) -> None:
    people = {"lead": lead, "herself": employee, "stranger": make_user()}

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            Ambassador.objects.exclude(state="ended").update(state="ended", ended=clock.now())
            self.one = actions.appoint(lead, social, employee)

        @rule(name=st.sampled_from(sorted(AMBASSADOR_STATES.transitions)), who=st.sampled_from(sorted(people)))
        def step(self, name: str, who: str) -> None:
            before = Ambassador.objects.get(pk=self.one.pk).state
            try:
                if name == "accept":
                    current = Ambassador.objects.get(pk=self.one.pk)
                    actions.accept(people[who], current, WORDS, current.version)
                else:
                    AMBASSADOR_STATES.perform(name, self.one, by=people[who])
            except Refused:
                assert Ambassador.objects.get(pk=self.one.pk).state == before
            else:
                assert who != "stranger"
                assert name not in ("accept", "decline", "resume") or who == "herself"

        @invariant()
        def whole(self) -> None:
            one = Ambassador.objects.get(pk=self.one.pk)
            _asked, *log = steps_of(one)
            assert {(step.name, step.source, step.target) for step in log} <= STEPS
            assert (one.ended is not None) == (one.state == "ended")
            assert one.since is not None or one.state in ("asked", "ended")

    limits = settings(max_examples=15, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]


@pytest.mark.django_db(transaction=True)
def test_the_migrations_go_back_and_forth() -> None:
    call_command("migrate", "organisations", "0003", verbosity=0)
    call_command("migrate", verbosity=0)
    assert not Ambassador.objects.exists()


@pytest.mark.django_db
def test_her_overview_says_so(client: Any, lead: Any, social: Any, employee: Any) -> None:
    asked = actions.appoint(lead, social, employee)
    client.force_login(employee)
    assert f"/min/ambassadoer/{asked.pk}/" in client.get("/min/overblik/").content.decode()
    assert queries.mine(employee) == [asked]
    client.force_login(lead)
    assert "/min/ambassadoer/" not in client.get("/min/overblik/").content.decode()
