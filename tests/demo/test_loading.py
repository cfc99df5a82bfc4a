"""The loader on a real database: whole, once, in keeping with the rooms' own rules, and open on every page."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client, override_settings

from fyrtaarn.agreements.models import Acceptance, Agreement, StatusUpdate
from fyrtaarn.agreements.rules import speaks_for
from fyrtaarn.areas.models import Municipality
from fyrtaarn.council.models import Council
from fyrtaarn.demo.loading import PARTS, is_loaded, load
from fyrtaarn.demo.models import DemoItem
from fyrtaarn.demo.moments import moment
from fyrtaarn.demo.reading import rows
from fyrtaarn.fieldwork.models import FieldworkOffer
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.colours import WHITE, contrast
from fyrtaarn.foundation.models import Notice, OutgoingMail, Step, StoredFile
from fyrtaarn.foundation.notices import words_of
from fyrtaarn.listings.models import Listing, SavedSearch
from fyrtaarn.meetings.models import Meeting, Message
from fyrtaarn.meetings.rules import sides_of
from fyrtaarn.organisations.models import Membership, Organisation, Verification
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Pool, PoolState
from fyrtaarn.portal.models import Challenge, ChallengeState, Solution, SolutionState
from fyrtaarn.portal.rules import may_edit_challenge, may_edit_solution
from tests.grants.conftest import make_aid_values

SAMPLE = 12


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demo content, loaded once for all tests of this file; each test's own changes are rolled back."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with files, django_db_blocker.unblock(), transaction.atomic():
        make_aid_values()  # other tests may have emptied the tables
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Each test has the database."""


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all our tables but those that only note what the database did."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("fyrtaarn")]
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in ours}


def test_all_of_the_content_is_there() -> None:
    assert is_loaded()
    for kind, name, made in (
        ("organisation", "organisations", Organisation.objects.all()),
        ("solution", "solutions", Solution.objects.all()),
        ("challenge", "challenges", Challenge.objects.all()),
        ("meeting", "meetings", Meeting.objects.all()),
        ("collaboration", "collaborations", Agreement.objects.exclude(kind="grant")),  # those come with the grants
        ("council", "councils", Council.objects.all()),
        ("fieldwork", "fieldwork", FieldworkOffer.objects.all()),
    ):
        assert made.count() == len(rows(name)) == DemoItem.objects.filter(kind=kind).count()
    assert User.objects.exclude(persona="").count() == len(rows("personas"))
    assert Message.objects.count() == sum(len(row["messages"]) + bool(row["closing_note"]) for row in rows("meetings"))
    assert SavedSearch.objects.count() == sum(bool(row["kept_by"]) for row in rows("searches"))
    assert Verification.objects.count() >= 5


def test_pictures_can_be_seen_by_everybody_and_are_told_in_words(client: Client) -> None:
    pictures = StoredFile.objects.filter(subject_type="portal.solution").order_by("pk")
    assert pictures.count() == DemoItem.objects.filter(kind="picture").count() >= 100
    assert not pictures.filter(alternative_text="").exists()
    answer = client.get(pictures[0].url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")


def test_two_of_98_municipalities_are_open_in_colours_that_can_be_read() -> None:
    assert Municipality.objects.count() == 98
    opened = Municipality.objects.filter(open=True).order_by("slug")
    assert [municipality.slug for municipality in opened] == ["koebenhavn", "kolding"]
    assert len({municipality.accent for municipality in opened}) == 2
    for municipality in opened:
        assert contrast(municipality.accent, WHITE) >= 7
        assert municipality.welcome_da
        assert municipality.welcome_en


def test_challenges_stand_as_the_content_says() -> None:
    for row in rows("challenges"):
        challenge = Challenge.objects.get(pk=DemoItem.objects.get(kind="challenge", key=row["key"]).subject_id)
        assert challenge.state == row["state"]
        assert challenge.owners[0].slug == row["departments"][0]
        assert {department.slug for department in challenge.owners} == set(row["departments"])
        assert {theme.slug for theme in challenge.themes.all()} == set(row["themes"])
        assert {goal.number for goal in challenge.goals.all()} == set(row["sdgs"])


def test_what_others_may_see_can_be_found() -> None:
    listed = Counter(Listing.objects.filter(ended=None).values_list("kind", flat=True))
    assert listed == {
        "organisation": Organisation.objects.count(),
        "solution": Solution.objects.filter(state=SolutionState.PUBLISHED).count(),
        "challenge": Challenge.objects.exclude(state=ChallengeState.DRAFT).count(),
        "fund": Pool.objects.filter(state=PoolState.OPEN).count(),
    }
    assert not Listing.objects.filter(analysis_version=0).exists()


def test_a_second_loading_changes_nothing() -> None:
    before = everything()
    load()
    assert everything() == before


def test_what_people_have_changed_stays_and_what_they_removed_does_not_come_back() -> None:
    challenge = Challenge.objects.filter(state=ChallengeState.PUBLISHED).first()
    assert challenge is not None
    challenge.title = "Vi har skrevet en ny titel"
    challenge.save()
    SavedSearch.objects.all().delete()
    Municipality.objects.filter(slug="kolding").update(welcome_da="Vores egen velkomst", accent="#333333")
    draft = Challenge.objects.filter(state=ChallengeState.DRAFT).first()
    assert draft is not None
    draft.delete()
    before = everything()
    load()
    assert everything() == before


def test_what_is_missing_is_added_once() -> None:
    added = DemoItem.objects.filter(kind="search")
    SavedSearch.objects.filter(pk__in=added.values("subject_id")).delete()
    added.delete()
    load()
    assert SavedSearch.objects.count() == added.count() > 0


def test_a_part_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    SavedSearch.objects.all().delete()
    DemoItem.objects.filter(kind="search").delete()
    before = everything()

    def fail(_book: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("fyrtaarn.demo.loading.PARTS", (*PARTS, ("Nothing", fail)))
    with pytest.raises(ArithmeticError):
        load()
    assert everything() == before


def test_nobody_real_can_be_reached() -> None:
    for user in User.objects.all():
        assert user.email.endswith("@example.dk")
        assert not user.has_usable_password()
        assert user.phone == ""
    assert not OutgoingMail.objects.exclude(recipient__endswith="@example.dk").exists()
    assert not Organisation.objects.exclude(email="", phone="", website="", address="").exists()


def test_organisations_that_exist_have_no_team_no_number_and_no_place() -> None:
    named = Organisation.objects.filter(example=False)
    assert named.count() == 48
    assert not Membership.objects.filter(organisation__in=named).exists()
    for organisation in named:
        assert organisation.source_note
        assert (organisation.cvr, organisation.latitude, organisation.employees) == (None, None, None)
    assert not Solution.objects.filter(organisation__in=named).exists()


def test_each_invented_organisation_has_an_owner_who_can_be_written_to() -> None:
    owned = Membership.objects.filter(kind="owner").values("organisation")
    assert not Organisation.objects.filter(example=True).exclude(pk__in=owned).exists()


def test_people_have_done_only_what_the_rules_allow() -> None:
    for challenge in Challenge.objects.select_related("contact"):
        assert challenge.contact is not None
        assert may_edit_challenge(challenge.contact, challenge), challenge.title
    for solution in Solution.objects.select_related("created_by"):
        assert may_edit_solution(solution.created_by, solution), solution.title
    whole = Message.objects.select_related("author", "meeting__sought", "meeting__offered", "meeting__department")
    for message in whole:
        assert sides_of(message.author, message.meeting) == {message.side}, message.text
    for acceptance in Acceptance.objects.select_related("by", "party__department"):
        assert speaks_for(acceptance.by, acceptance.party)
    for update in StatusUpdate.objects.select_related("by", "agreement"):
        assert any(speaks_for(update.by, party) for party in update.agreement.parties.all())


def test_the_logs_lead_step_by_step_to_where_things_are() -> None:
    states = {
        model._meta.label_lower: dict(model._default_manager.values_list("pk", "state"))
        for model in (Challenge, Solution, Meeting, Agreement)
    }
    logs: dict[tuple[str, int], list[Step]] = {}
    for step in Step.objects.order_by("at", "pk"):
        logs.setdefault((step.subject_type, step.subject_id), []).append(step)
    for label, stands in states.items():
        for pk, state in stands.items():
            log = logs.get((label, pk), [])
            assert all(earlier.target == later.source for earlier, later in pairwise(log)), (label, pk)
            assert (log[-1].target if log else "draft") == state, (label, pk)


def test_nothing_happens_in_the_future_or_in_the_wrong_order() -> None:
    now = clock.now()
    assert not Step.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(created__gt=now).exists()
    assert not Notice.objects.filter(created__gt=now).exists()
    for meeting in Meeting.objects.prefetch_related("messages").select_related("sought", "offered"):
        written = [message.created for message in meeting.messages.all()]
        assert written == sorted(set(written))
        assert meeting.created == meeting.asked == written[0]
        assert meeting.latest == written[-1]
        for listing in (meeting.sought, meeting.offered):
            assert listing.published is not None
            assert listing.published <= written[0]


@pytest.mark.parametrize("days_ago", range(15))
def test_moments_are_on_working_days_and_in_order(days_ago: int) -> None:
    moments = [moment(days_ago, "en nøgle", turn) for turn in range(12)]
    assert moments == sorted(moments)
    assert moments[-1] <= clock.now()
    assert all(one.weekday() < 5 for one in moments) or moments[0] == moments[-1]
    assert all(7 <= one.hour < 16 for one in moments) or days_ago == 0


def test_a_fresh_start_sends_a_few_mails_that_can_be_read() -> None:
    mails = OutgoingMail.objects.all()
    assert 10 <= len(mails) <= 60
    personas = set(User.objects.exclude(persona="").values_list("email", flat=True))
    assert {mail.recipient for mail in mails} <= personas
    for mail in mails:
        assert mail.subject
        assert "http" in mail.text
    for notice in Notice.objects.all():
        assert words_of(notice).title
        assert words_of(notice).text


def persona_clients() -> Iterator[tuple[User, Client]]:
    for user in User.objects.exclude(persona="").order_by("pk"):
        client = Client()
        client.force_login(user)
        yield user, client


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_that_the_content_leads_to_opens(client: Client, language: str) -> None:
    client.cookies["sprog"] = language
    paths = ["/", "/udfordringer/", "/loesninger/", "/organisationer/"]
    paths += [f"/{slug}/{page}" for slug in ("koebenhavn", "kolding") for page in ("", "udfordringer/", "loesninger/")]
    for model in (Challenge, Solution):
        seen = model._default_manager.exclude(state="draft").order_by("pk")
        public = seen.filter(audience="public") if model is Challenge else seen
        paths += [subject.path for subject in public[:: max(1, len(public) // SAMPLE)]]
    paths += [f"/organisationer/{one.slug}/" for one in Organisation.objects.order_by("pk")[::20]]
    faults = {path: answer.status_code for path in paths if (answer := client.get(path)).status_code != 200}
    assert faults == {}


def test_each_persona_sees_her_overview_and_what_she_is_told_of() -> None:
    faults = {}
    for user, client in persona_clients():
        paths = {"/min/overblik/", "/min/beskeder/", *user.notices.values_list("path", flat=True)}
        faults |= {(str(user), p): a.status_code for p in sorted(paths) if (a := client.get(p)).status_code != 200}
    assert faults == {}
