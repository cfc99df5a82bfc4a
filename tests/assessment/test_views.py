"""The pages of assessors, of those who assign them, and the board."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fyrtaarn.assessment import actions
from fyrtaarn.assessment.models import Assignment, ClosedDiscussion, Remark, Score
from fyrtaarn.foundation import clock

from .conftest import Round, asked, assess, make_application

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_assessor_reads_the_application_when_she_has_declared_and_sees_others_when_done(round_: Round) -> None:
    first, second, _third = round_.assessors
    application = make_application(round_, what="Vi bager surdejsbrød.")
    one, two = asked(round_, application, first, second)
    assess(round_, two, 2, 3, opinion="For dyrt.")
    client, page = signed_in(first), f"/min/vurderinger/{one.pk}/"
    asked_page = client.get(page).content.decode()
    assert application.title in asked_page
    assert "surdejsbrød" not in asked_page
    assert client.post(f"{page}klar/").status_code == 302
    reading = client.get(page).content.decode()
    assert "surdejsbrød" in reading
    assert "For dyrt" not in reading
    effect, economy = round_.criteria
    words = {f"points_{effect.pk}": "4", f"why_{effect.pk}": "", f"points_{economy.pk}": "", f"why_{economy.pk}": "Hm"}
    assert client.post(page, {**words, "opinion": "", "go": "save"}).status_code == 302
    assert Score.objects.get(assignment=one, criterion=effect).points == 4
    missing = client.post(page, {**words, "opinion": "", "go": "finish"})
    assert (missing.status_code, "Effekt, Økonomi" in missing.content.decode()) == (422, True)
    for wrong in ("6", "-1", "mange", "9" * 30):
        refused = client.post(page, {**words, f"points_{effect.pk}": wrong, "opinion": "Godt", "go": "save"})
        assert refused.status_code == 422
        assert "Hm" in refused.content.decode()
    whole = {f"{part}_{each.pk}": value for each in round_.criteria for part, value in (("points", "5"), ("why", "Ja"))}
    assert client.post(page, {**whole, "opinion": "Godt", "go": "finish"}).status_code == 302
    done = client.get(page).content.decode()
    assert "For dyrt." in done
    assert client.post(f"{page}bemaerkning/", {"text": "Er vi enige?"}).status_code == 302
    assert Remark.objects.get().by == first
    assert client.post(f"{page}ret/", {"why": ""}).status_code == 422
    assert client.post(f"{page}ret/", {"why": "En fejl"}).status_code == 302
    assert "For dyrt." not in client.get(page).content.decode()
    assert client.post(f"{page}inhabil/", {"what": ""}).status_code == 422
    assert client.post(f"{page}inhabil/", {"what": "Min fætter."}).status_code == 302
    assert "Min fætter." in client.get(page).content.decode()
    assert "For dyrt." not in client.get(page).content.decode()
    assert client.get("/min/vurderinger/").status_code == 200


def test_a_day_is_shown_only_of_what_still_waits(round_: Round) -> None:
    first, *_others = round_.assessors
    one = asked(round_, make_application(round_), first, due=clock.today())[0]
    page = signed_in(first).get("/min/vurderinger/").content.decode()
    assert "Senest" in page
    actions.declare_conflict(first, one, "Min fætter.")
    page = signed_in(first).get("/min/vurderinger/").content.decode()
    assert "Inhabil" in page
    assert "Senest" not in page


def test_somebody_elses_assessment_is_not_there(round_: Round) -> None:
    first, second, _third = round_.assessors
    one = asked(round_, make_application(round_), first)[0]
    for person in (second, round_.manager):
        for page in ("", "klar/", "inhabil/", "ret/", "bemaerkning/"):
            path = f"/min/vurderinger/{one.pk}/{page}"
            assert signed_in(person).post(path, {"what": "x", "why": "x", "text": "x"}).status_code == 404, page
    assert Assignment.objects.get().state == "asked"


def test_her_overview_tells_what_waits_and_asks_nothing_for_others(round_: Round) -> None:
    first, second, _third = round_.assessors
    one, two = asked(round_, make_application(round_), first, second)
    actions.declare_conflict(second, two, "Min søster.")
    for person, waits in ((first, True), (second, False), (round_.manager, False), (round_.decider, False)):
        with CaptureQueriesContext(connection) as captured:
            page = signed_in(person).get("/min/overblik/").content.decode()
        assert (f"/min/vurderinger/{one.pk}/" in page) == waits
        asking = [each for each in captured.captured_queries if "errand.asked_to_assess()" in each["sql"]]
        assert len(asking) == waits


def test_who_looks_after_the_pool_spreads_assigns_and_compares(round_: Round) -> None:
    application = make_application(round_)
    manager, board = signed_in(round_.manager), f"/kolding/vurderinger/{round_.call.pk}/"
    page = f"/kolding/vurderinger/ansoegning/{application.pk}/"
    plan = manager.get(f"{board}fordel/").content.decode()
    assert "Vurderer 0" in plan
    tomorrow = clock.today() + timedelta(days=1)
    assert manager.post(f"{board}fordel/", {"due": "i går"}).status_code == 422
    assert manager.post(f"{board}fordel/", {"due": "2020-01-01"}).status_code == 422
    assert manager.post(f"{board}fordel/", {"due": tomorrow.isoformat()}).status_code == 302
    assert application.assignments.count() == 2
    third = round_.assessors[2]
    assert "Vurderer 0" in manager.get(f"{page}vaelg/").content.decode()
    assert manager.post(f"{page}vaelg/", {"assessor": round_.assessors[0].pk, "due": tomorrow}).status_code == 422
    assert manager.post(f"{page}vaelg/", {"assessor": "x", "due": ""}).status_code == 422
    chosen = {"assessor": third.pk, "due": tomorrow, "reason": "Kender området."}
    assert manager.post(f"{page}vaelg/", chosen).status_code == 302
    assert "Kender området." in manager.get(page).content.decode()
    extra = Assignment.objects.get(assessor=third)
    assert manager.post(f"{page}fritag/{extra.pk}/", {"why": ""}).status_code == 422
    assert manager.post(f"{page}fritag/{extra.pk}/", {"why": "Ferie"}).status_code == 302
    for one in Assignment.objects.filter(state="asked"):
        assert "Derfor" not in manager.get(page).content.decode()
        assess(round_, one, 3, 7)
    assert "Derfor 7" in manager.get(page).content.decode()
    assert manager.post(f"{page}bemaerkning/", {"text": "Fint."}).status_code == 302
    shown = manager.get(board).content.decode()
    assert "32 af 50" in shown
    assert "64" in shown
    assert "kan ikke laves om" in manager.get(f"{page}afslut/").content.decode()
    assert manager.post(f"{page}afslut/").status_code == 302
    assert ClosedDiscussion.objects.count() == 1
    assert manager.post(f"{page}bemaerkning/", {"text": "Hov."}).status_code == 403


def test_the_board_shows_where_the_money_ends_and_can_be_taken_along(round_: Round) -> None:
    for title, points in (("A", (5, 10)), ("B", (4, 10)), ("C", (3, 10))):
        for one in asked(round_, make_application(round_, title), *round_.assessors[:2]):
            assess(round_, one, *points)
    manager, board = signed_in(round_.manager), f"/kolding/vurderinger/{round_.call.pk}/"
    shown = manager.get(board).content.decode()
    assert shown.count("Her er der ikke flere penge") == 1
    assert shown.index(">B<") < shown.index("Her er der ikke flere penge") < shown.index(">C<")
    table = b"".join(manager.get(f"{board}?format=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert table.splitlines()[1].startswith("1;A;Huset A;50;50;100,0;25;25;2;40000")
    assert manager.get(f"{board}?format=xlsx").status_code == 200
    assert manager.get("/kolding/vurderinger/").status_code == 200


def test_others_see_no_board(round_: Round, koebenhavn: Any) -> None:
    application = make_application(round_)
    one = asked(round_, application, round_.assessors[0])[0]
    actions.clear(round_.assessors[0], one)
    pages = ("vurderinger/", f"vurderinger/{round_.call.pk}/", f"vurderinger/ansoegning/{application.pk}/")
    for person in (round_.assessors[0], application.contact):
        for page in pages:
            assert signed_in(person).get(f"/kolding/{page}").status_code == 403, page
    for page in pages:
        assert signed_in(round_.decider).get(f"/kolding/{page}").status_code == 200, page
    assert signed_in(round_.decider).get(f"/kolding/vurderinger/{round_.call.pk}/fordel/").status_code == 403
    assert (
        signed_in(round_.decider).post(f"/kolding/vurderinger/ansoegning/{application.pk}/afslut/").status_code == 403
    )
    assert signed_in(round_.manager).get(f"/koebenhavn/vurderinger/{round_.call.pk}/").status_code == 404
