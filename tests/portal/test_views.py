"""Every page of the portal: what it shows to whom, what its forms refuse, and how many queries it takes."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import files_of
from fyrtaarn.listings.models import Listing
from fyrtaarn.portal import actions
from fyrtaarn.portal.models import Challenge, Solution
from tests.harness.people import make_department, make_employee, make_organisation, make_user

from .conftest import make_challenge, make_solution, picture

pytestmark = pytest.mark.django_db


def new_challenge_form(**fields: Any) -> dict[str, Any]:
    return {"draft_key": str(uuid4()), "version": "1", "title": "Ældre spiser alene", "situation": "Mange.", **fields}


def test_the_first_save_makes_a_draft_and_leads_on(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    assert client.get("/kolding/udfordringer/ny/").status_code == 200
    answer = client.post("/kolding/udfordringer/ny/", new_challenge_form())
    draft = Challenge.objects.get()
    assert answer.headers["Location"] == f"/kolding/udfordringer/{draft.pk}/rediger/rammer/"
    assert (draft.state, draft.contact) == ("draft", editor)


def test_partners_are_asked_for_where_there_are_other_departments(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    address = f"/kolding/udfordringer/{draft.pk}/rediger/rammer/"
    assert 'id="id_partners"' not in client.get(address).content.decode()
    make_department(kolding, "Kulturforvaltningen")
    assert 'id="id_partners"' in client.get(address).content.decode()


def test_saving_the_same_new_form_twice_makes_one_draft(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    form = new_challenge_form()
    client.post("/kolding/udfordringer/ny/", form)
    client.post("/kolding/udfordringer/ny/", {**form, "title": "Et bedre navn"})
    assert Challenge.objects.get().title == "Et bedre navn"


def test_an_empty_first_step_is_kept_too(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    client.post("/kolding/udfordringer/ny/", {"draft_key": "", "title": "", "situation": ""})
    assert Challenge.objects.get().title == ""


def test_typing_saves_and_hands_back_the_version(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    typed = {"HX-Request": "true"}
    form = new_challenge_form()
    first = client.post("/kolding/udfordringer/ny/", form, headers=typed)
    draft = Challenge.objects.get()
    assert first.headers["HX-Replace-Url"] == f"/kolding/udfordringer/{draft.pk}/rediger/"
    assert 'value="1"' in first.content.decode()
    second = client.post("/kolding/udfordringer/ny/", {**form, "title": "Mere"}, headers=typed)
    assert 'value="2"' in second.content.decode()
    fault = client.post(f"/kolding/udfordringer/{draft.pk}/rediger/rammer/", {"needed_by": "i går"}, headers=typed)
    assert fault.status_code == 200
    assert Challenge.objects.get().version == 2


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        ("rediger", {"title": "x" * 121}, "120"),
        ("rediger", {"situation": "x" * 5001}, "5000"),
        ("rediger/rammer", {"needed_by": "24-13-2030"}, "dato"),
        ("rediger/rammer", {"needed_by": "2001-01-01"}, ""),
        ("rediger/rammer", {"department": "999999"}, ""),
        ("rediger/rammer", {"contact": "nej"}, ""),
        ("rediger/rammer", {"partners": ["999999"]}, ""),
        ("rediger/rammer", {"possibilities": ["guld"]}, ""),
        ("rediger/rammer", {"themes": ["x"]}, ""),
        ("rediger/gennemse", {"audience": "owners"}, ""),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(
    client: Client, kolding: Any, editor: Any, step: str, fields: dict[str, Any], words: str
) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    form = {"version": "1", "draft_key": str(draft.draft_key), "title": "Ny titel", "situation": "Ny tekst", **fields}
    answer = client.post(f"/kolding/udfordringer/{draft.pk}/{step}/", form)
    assert answer.status_code == 422
    assert "form-error" in answer.content.decode()
    assert words in answer.content.decode()
    if step == "rediger":
        assert "Ny tekst" in answer.content.decode() or "xxx" in answer.content.decode()
    assert Challenge.objects.get().title == draft.title


@pytest.mark.parametrize("version", ["", "abc", "0", "-1", "99999999999999", "½"])
def test_a_version_that_is_none_counts_as_overtaken(client: Client, kolding: Any, editor: Any, version: str) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    form = {"version": version, "draft_key": "x", "title": "Ny", "situation": "Ny"}
    assert client.post(f"/kolding/udfordringer/{draft.pk}/rediger/", form).status_code == 409
    assert Challenge.objects.get().title == draft.title


def test_a_department_of_another_municipality_cannot_be_chosen(
    client: Client, kolding: Any, koebenhavn: Any, editor: Any
) -> None:
    from tests.harness.people import make_department

    foreign = make_department(koebenhavn, "Teknik- og Miljøforvaltningen")
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    for field in ("department", "partners"):
        answer = client.post(f"/kolding/udfordringer/{draft.pk}/rediger/rammer/", {"version": "1", field: foreign.pk})
        assert answer.status_code == 422
    assert client.get(f"/koebenhavn/udfordringer/{draft.pk}/rediger/").status_code == 404


def test_what_is_missing_stands_on_the_last_step_with_the_way_to_mend_it(
    client: Client, kolding: Any, editor: Any
) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding, situation="")
    review = f"/kolding/udfordringer/{draft.pk}/rediger/gennemse/"
    assert f"/kolding/udfordringer/{draft.pk}/rediger/#id_situation" in client.get(review).content.decode()
    answer = client.post(review, {"version": "1", "audience": "public"})
    assert answer.headers["Location"].startswith(review)
    assert Challenge.objects.get().state == "draft"


def test_publishing_from_the_last_step(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    review = f"/kolding/udfordringer/{draft.pk}/rediger/gennemse/"
    answer = client.post(review, {"version": "1", "audience": "municipality"}, follow=True)
    assert answer.redirect_chain[-1][0] == draft.path
    challenge = Challenge.objects.get()
    assert (challenge.state, challenge.audience) == ("published", "municipality")
    later = client.post(review, {"version": "2", "audience": "public", "go": "publish"}, follow=True)
    assert later.status_code == 200
    assert Challenge.objects.get().audience == "public"


def test_two_editors_see_both_texts_and_the_second_can_save_on_top(
    client: Client, kolding: Any, editor: Any, colleague: Any, other_department: Any
) -> None:
    draft = make_challenge(editor, kolding)
    draft.partners.add(other_department)
    address = f"/kolding/udfordringer/{draft.pk}/rediger/"
    client.force_login(colleague)
    client.post(address, {"version": "1", "title": "Kajs titel", "situation": "Kajs tekst"})
    client.force_login(editor)
    mine = {"version": "1", "title": "Evas titel", "situation": "Evas tekst"}
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Kajs titel", "Evas titel", "Kajs tekst", "Evas tekst", "Kaj Kontakt", 'name="version" value="2"'):
        assert words in page
    assert Challenge.objects.get().title == "Kajs titel"
    client.post(address, {**mine, "version": "2"})
    assert Challenge.objects.get().title == "Evas titel"


def test_a_second_save_of_the_same_words_is_no_conflict(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    address = f"/kolding/udfordringer/{draft.pk}/rediger/"
    form = {"version": "1", "title": "Ny", "situation": "Ny"}
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 302
    assert Challenge.objects.get().version == 2


@pytest.mark.parametrize("kind", ["reader", "council_member", "caseworker"])
def test_those_who_may_not_write_are_told_why(client: Client, kolding: Any, editor: Any, kind: str) -> None:
    draft = make_challenge(editor, kolding)
    client.force_login(make_employee(kolding, kind))
    for address in ("/kolding/udfordringer/ny/", f"/kolding/udfordringer/{draft.pk}/rediger/", draft.path):
        assert client.get(address).status_code == 403
    assert client.post(f"/kolding/udfordringer/{draft.pk}/slet/").status_code == 403
    assert Challenge.objects.filter(pk=draft.pk).exists()


def test_an_internal_challenge_asks_visitors_to_sign_in_and_refuses_strangers(
    client: Client, kolding: Any, editor: Any, owner: Any
) -> None:
    challenge = make_challenge(editor, kolding, published=True, audience="municipality")
    assert client.get(challenge.path).headers["Location"].startswith("/konto/login/")
    client.force_login(owner)
    assert client.get(challenge.path).status_code == 403
    client.force_login(make_employee(kolding, "buyer"))
    assert client.get(challenge.path).status_code == 200


def test_a_wrong_address_gives_no_title_away(client: Client, kolding: Any, editor: Any, owner: Any) -> None:
    draft = make_challenge(editor, kolding)
    client.force_login(owner)
    assert client.get(f"/kolding/udfordringer/{draft.pk}-x/").status_code == 403
    actions.publish_challenge(editor, draft)
    assert client.get(f"/kolding/udfordringer/{draft.pk}-x/").headers["Location"] == draft.path
    assert client.get(f"/koebenhavn/udfordringer/{draft.pk}-x/").status_code == 404


def test_the_contact_is_shown_to_the_signed_in_alone(client: Client, kolding: Any, editor: Any, owner: Any) -> None:
    challenge = make_challenge(editor, kolding, published=True)
    assert "Eva Editor" not in client.get(challenge.path).content.decode()
    client.force_login(owner)
    page = client.get(challenge.path).content.decode()
    assert "Eva Editor" in page
    assert editor.email not in page


def test_fitting_solutions_stand_on_the_page_with_reasons_and_a_way_to_invite(
    client: Client, kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    make_solution(owner, organisation, published=True)
    challenge = make_challenge(editor, kolding, published=True)
    for person, way in ((editor, "offered="), (owner, "offered=")):
        client.force_login(person)
        page = client.get(challenge.path).content.decode()
        assert "Fællesspisning for ældre" in page
        assert "why-for" in page
        assert way in page
    client.logout()
    assert "offered=" not in client.get(challenge.path).content.decode()


def test_what_fits_a_draft_stands_beside_it(
    client: Client, kolding: Any, editor: Any, colleague: Any, organisation: Any, owner: Any
) -> None:
    make_solution(owner, organisation, published=True)
    make_challenge(colleague, kolding, published=True, title="Ensomme ældre ved spisebordet")
    draft = make_challenge(editor, kolding)
    client.force_login(editor)
    for step in ("", "rammer/", "gennemse/"):
        page = client.get(f"/kolding/udfordringer/{draft.pk}/rediger/{step}").content.decode()
        assert "Fællesspisning for ældre" in page
        assert "Ensomme ældre ved spisebordet" in page


def test_steps_are_taken_by_post_only_and_unknown_ones_do_not_exist(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    challenge = make_challenge(editor, kolding, published=True)
    start = f"/kolding/udfordringer/{challenge.pk}/trin/"
    assert client.get(f"{start}start_trial/").status_code == 405
    assert client.post(f"{start}publish/").status_code == 404
    assert client.post(f"{start}solve/").status_code == 404
    assert client.post(f"{start}start_trial/").status_code == 302
    assert Challenge.objects.get().state == "in_trial"
    assert client.post(f"{start}start_trial/").status_code == 403


def test_ending_needs_words(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    challenge = make_challenge(editor, kolding, published=True)
    address = f"/kolding/udfordringer/{challenge.pk}/afslut/solve/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"learned": " "}).status_code == 422
    assert client.post(address, {"learned": "Langbordet virkede."}).status_code == 302
    assert "Langbordet virkede." in client.get(challenge.path).content.decode()


def test_a_deleted_draft_comes_back_by_one_click(client: Client, kolding: Any, editor: Any) -> None:
    client.force_login(editor)
    draft = make_challenge(editor, kolding)
    answer = client.post(f"/kolding/udfordringer/{draft.pk}/slet/", follow=True)
    restore = f"/kolding/udfordringer/{draft.pk}/gendan/"
    assert restore in answer.content.decode()
    assert client.get(draft.path).status_code == 404
    client.post(restore)
    assert client.get(draft.path).status_code == 200
    assert client.post("/kolding/udfordringer/987654/gendan/").status_code == 404


def test_my_list_shows_mine_and_goes_home_as_a_file(client: Client, kolding: Any, editor: Any, colleague: Any) -> None:
    make_challenge(editor, kolding, title="Min egen")
    make_challenge(colleague, kolding, title="En andens")
    client.force_login(editor)
    page = client.get("/min/udfordringer/").content.decode()
    assert "Min egen" in page
    assert "En andens" not in page
    assert "Min egen" in b"".join(client.get("/min/udfordringer/?format=csv")).decode("utf-8-sig")


def solution_form(**fields: Any) -> dict[str, Any]:
    return {
        "draft_key": str(uuid4()),
        "version": "1",
        "title": "Fællesspisning",
        "what": "Vi spiser sammen.",
        "stage": "tried",
        "capacity_now": "some",
        "price_model": "fixed",
        "confirm_every": "180",
        "references-TOTAL_FORMS": "1",
        "references-INITIAL_FORMS": "0",
        "references-0-title": "",
        **fields,
    }


def test_a_new_solution_opens_with_what_the_organisation_has_told(
    client: Client, organisation: Any, owner: Any
) -> None:
    client.force_login(owner)
    page = client.get("/min/loesninger/ny/").content.decode()
    assert "Ældre i byen" in page
    assert "40 gæster" in page


def test_a_solution_with_references_and_a_picture_is_offered(client: Client, organisation: Any, owner: Any) -> None:
    client.force_login(owner)
    form = solution_form(
        **{"references-0-title": "Vejle", "references-0-year": "2024", "references-0-note": "Gik godt"},
        picture=picture(),
        alternative_text="Et langbord med gæster",
        go="publish",
    )
    answer = client.post("/min/loesninger/ny/", form, follow=True)
    solution = Solution.objects.get()
    page = answer.content.decode()
    assert (solution.state, solution.price_model) == ("published", "fixed")
    for words in ("Vejle", "Gik godt", "Et langbord med gæster"):
        assert words in page
    stored = files_of(solution).get()
    client.logout()
    assert client.get(reverse("foundation:file", args=(stored.key, stored.name))).status_code == 200


def test_a_row_is_added_without_a_script_and_nothing_is_lost(client: Client, organisation: Any, owner: Any) -> None:
    client.force_login(owner)
    form = solution_form(**{"references-0-title": "Vejle"}, more_references="1")
    page = client.post("/min/loesninger/ny/", form).content.decode()
    assert "references-1-title" in page
    assert "Vejle" in page
    assert not Solution.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 121},
        {"what": "x" * 5001},
        {"stage": "færdig"},
        {"confirm_every": "7"},
        {"delivers_in": ["999"]},
        {"themes": ["abc"]},
        {"references-0-year": "2024"},
        {"references-0-title": "Vejle", "references-0-year": "20"},
        {"references-0-title": "Vejle", "references-0-year": "3000"},
        {"references-TOTAL_FORMS": "abc"},
        {"picture": SimpleUploadedFile("note.txt", b"ikke et billede"), "alternative_text": "Noget"},
    ],
)
def test_bad_input_to_a_solution_is_named_and_nothing_is_lost(
    client: Client, organisation: Any, owner: Any, fields: dict[str, Any]
) -> None:
    client.force_login(owner)
    answer = client.post("/min/loesninger/ny/", solution_form(**fields))
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not Solution.objects.exists()


def test_a_picture_without_words_is_not_kept(client: Client, organisation: Any, owner: Any) -> None:
    client.force_login(owner)
    assert client.post("/min/loesninger/ny/", solution_form(picture=picture())).status_code == 422
    assert not Solution.objects.exists()


def test_a_picture_is_removed_with_the_rest_saved(client: Client, organisation: Any, owner: Any) -> None:
    client.force_login(owner)
    client.post("/min/loesninger/ny/", solution_form(picture=picture(), alternative_text="Et bord"))
    solution = Solution.objects.get()
    stored = files_of(solution).get()
    form = solution_form(title="Nyt navn", remove_picture=stored.pk)
    client.post(f"/min/loesninger/{solution.pk}/rediger/", form)
    assert not files_of(solution).exists()
    assert Solution.objects.get().title == "Nyt navn"


def test_nobody_offers_in_anothers_name(client: Client, kolding: Any, organisation: Any, owner: Any) -> None:
    rival = make_user("Rikke Rival")
    make_organisation(kolding, "De andre", owner=rival)
    solution = make_solution(owner, organisation)
    client.force_login(rival)
    assert client.get(f"/min/loesninger/ny/?organisation={organisation.pk}").status_code == 403
    assert client.post(f"/min/loesninger/ny/?organisation={organisation.pk}", solution_form()).status_code == 403
    assert client.get(f"/min/loesninger/{solution.pk}/rediger/").status_code == 403
    assert client.get(solution.path).status_code == 403
    for verb in ("udgiv", "traek-tilbage", "bekraeft", "kopier", "slet", "gendan"):
        assert client.post(f"/min/loesninger/{solution.pk}/{verb}/").status_code == 403
    assert Solution.objects.get().state == "draft"


def test_one_without_an_organisation_is_shown_the_way(client: Client, kolding: Any) -> None:
    client.force_login(make_user())
    assert reverse("organisations:start") in client.get("/min/loesninger/ny/").content.decode()


def test_one_in_two_teams_chooses_first(client: Client, kolding: Any, organisation: Any, owner: Any) -> None:
    other = make_organisation(kolding, "Værkstedet", owner=owner)
    client.force_login(owner)
    assert f"?organisation={other.pk}" in client.get("/min/loesninger/ny/").content.decode()
    assert "Værkstedet" in client.get(f"/min/loesninger/ny/?organisation={other.pk}").content.decode()


def test_a_conflict_keeps_the_references_too(client: Client, organisation: Any, owner: Any) -> None:
    client.force_login(owner)
    solution = make_solution(owner, organisation)
    actions.change_solution(owner, solution, {"title": "Først gemt"}, 1)
    form = solution_form(title="Senere", **{"references-0-title": "Vejle"})
    answer = client.post(f"/min/loesninger/{solution.pk}/rediger/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Først gemt", "Senere", "Vejle"):
        assert words in page


def test_confirming_is_one_post(client: Client, organisation: Any, owner: Any) -> None:
    from datetime import timedelta

    client.force_login(owner)
    solution = make_solution(owner, organisation, published=True)
    Solution.objects.filter(pk=solution.pk).update(confirmed=clock.today() - timedelta(days=200))
    assert "alert-warning" in client.get(solution.path).content.decode()
    assert client.get(f"/min/loesninger/{solution.pk}/bekraeft/").status_code == 405
    client.post(f"/min/loesninger/{solution.pk}/bekraeft/")
    assert Solution.objects.get().confirmed == clock.today()


def test_the_owner_sees_the_challenges_that_her_solution_fits(
    client: Client, kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    make_challenge(editor, kolding, published=True)
    ended = make_challenge(editor, kolding, published=True, title="Ældre spiste alene")
    actions.end_challenge(editor, ended, "close", "Der var ingen penge.")
    solution = make_solution(owner, organisation, published=True)
    client.force_login(owner)
    page = client.get(solution.path).content.decode()
    assert "Ældre spiser alene" in page
    assert "Ældre spiste alene" not in page
    client.force_login(editor)
    assert "offered=" in client.get(solution.path).content.decode()


def test_a_visitor_sees_them_too_and_is_asked_to_sign_in_before_she_invites(
    client: Client, kolding: Any, editor: Any, organisation: Any, owner: Any
) -> None:
    make_challenge(editor, kolding, published=True)
    solution = make_solution(owner, organisation, published=True)
    page = client.get(solution.path).content.decode()
    assert "Ældre spiser alene" in page
    invite = f"/min/dialoger/ny/?offered={Listing.objects.get(kind='solution').pk}"
    assert invite in page
    assert client.get(invite).headers["Location"].startswith("/konto/login/")


def test_the_pages_of_stakeholders(
    client: Client, kolding: Any, editor: Any, department: Any, organisation: Any, owner: Any
) -> None:
    make_challenge(editor, kolding, published=True)
    make_challenge(editor, kolding, published=True, title="Kun for os", audience="municipality")
    make_solution(owner, organisation, published=True)
    assert department.name in client.get("/kolding/forvaltninger/").content.decode()
    address = f"/kolding/forvaltninger/{department.slug}/"
    page = client.get(address).content.decode()
    assert "Ældre spiser alene" in page
    assert "Kun for os" not in page
    make_employee(kolding, "contact_person", department, name="Karla Kontakt")
    assert "Karla Kontakt" not in client.get(address).content.decode()
    client.force_login(owner)
    assert "Karla Kontakt" in client.get(address).content.decode()
    client.logout()
    shown = client.get(f"/organisationer/{organisation.slug}/").content.decode()
    assert "Fællesspisning for ældre" in shown
    assert "Inger" not in shown
    assert "det-er-min" not in shown
    unclaimed = make_organisation(kolding, "Uden hold")
    assert "det-er-min" in client.get(f"/organisationer/{unclaimed.slug}/").content.decode()
