"""The demo content and the vocabularies it uses: whole, consistent, and free of real people's details."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "fyrtaarn"
CONTENT = PACKAGE / "demo" / "content"

Row = dict[str, Any]


def _lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (CONTENT / name).read_text(encoding="utf-8").splitlines()]


def _table(room: str, name: str) -> list[dict[str, str]]:
    with (PACKAGE / room / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ORGANISATIONS = _lines("organisations.jsonl")
SOLUTIONS = _lines("solutions.jsonl")
CHALLENGES = _lines("challenges.jsonl")
MEETINGS = _lines("meetings.jsonl")
COLLABORATIONS = _lines("collaborations.jsonl")
PROFILES = _lines("department_profiles.jsonl")
SEARCHES = _lines("searches.jsonl")
COUNCILS = _lines("councils.jsonl")
FIELDWORK = _lines("fieldwork.jsonl")
APPLICATIONS: list[Row] = json.loads((CONTENT / "applications.json").read_text(encoding="utf-8"))
DECISIONS: list[Row] = json.loads((CONTENT / "decisions.json").read_text(encoding="utf-8"))
PERSONAS: list[Row] = json.loads((CONTENT / "personas.json").read_text(encoding="utf-8"))

MUNICIPALITIES = _table("areas", "municipalities.csv")
DEPARTMENTS = _table("areas", "departments.csv")
DISTRICTS = _table("areas", "districts.csv")
LOCAL_BODIES = _table("areas", "local_bodies.csv")

KEYED = {
    "organisations": ORGANISATIONS,
    "solutions": SOLUTIONS,
    "challenges": CHALLENGES,
    "meetings": MEETINGS,
    "collaborations": COLLABORATIONS,
    "personas": PERSONAS,
    "searches": SEARCHES,
    "councils": COUNCILS,
    "fieldwork": FIELDWORK,
    "applications": APPLICATIONS,
    "decisions": DECISIONS,
}

SLUG_OF_CODE = {row["municipality_code"]: row["slug"] for row in MUNICIPALITIES}
MUNICIPALITY_SLUGS = set(SLUG_OF_CODE.values())
DEPARTMENT_KEYS = {(SLUG_OF_CODE[row["municipality_code"]], row["slug"]) for row in DEPARTMENTS}
DISTRICT_KEYS = {(SLUG_OF_CODE[row["municipality_code"]], row["slug"]) for row in DISTRICTS}
THEMES = {row["slug"] for row in _table("topics", "themes.csv")}
TARGET_GROUPS = {row["slug"] for row in _table("topics", "target_groups.csv")}
SDGS = {int(row["number"]) for row in _table("topics", "sdgs.csv")}

ORGANISATION = {row["key"]: row for row in ORGANISATIONS}
SOLUTION = {row["key"]: row for row in SOLUTIONS}
CHALLENGE = {row["key"]: row for row in CHALLENGES}
MEETING = {row["key"]: row for row in MEETINGS}
PERSONA = {row["key"]: row for row in PERSONAS}

ROLE_KINDS = {
    "municipality_administrator",
    "department_editor",
    "contact_person",
    "community_manager",
    "buyer",
    "fund_manager",
    "caseworker",
    "council_member",
    "council_secretary",
    "department_lead",
    "data_officer",
    "auditor",
    "reader",
}
ENUMS: list[tuple[str, list[Row], str, set[str]]] = [
    (
        "organisation kind",
        ORGANISATIONS,
        "kind",
        {"social_enterprise", "company", "association", "education", "foundation", "hub", "public_body"},
    ),
    ("organisation source", ORGANISATIONS, "source", {"copenhagen", "kolding", "example"}),
    ("stage", SOLUTIONS, "stage", {"idea", "tried", "proven", "scaled"}),
    ("capacity now", SOLUTIONS, "capacity_now", {"none", "some", "plenty"}),
    (
        "price model",
        SOLUTIONS,
        "price_model",
        {"free", "fixed", "hourly", "per_place", "subscription", "agreement"},
    ),
    ("solution language", SOLUTIONS, "language", {"da", "en"}),
    ("challenge language", CHALLENGES, "language", {"da", "en"}),
    (
        "challenge state",
        CHALLENGES,
        "state",
        {"draft", "published", "in_dialogue", "in_trial", "solved", "closed"},
    ),
    ("audience", CHALLENGES, "audience", {"public", "internal"}),
    ("meeting state", MEETINGS, "state", {"invited", "interested", "open", "agreed", "declined", "ended"}),
    ("meeting opener", MEETINGS, "opened_by", {"challenge", "solution"}),
    (
        "collaboration state",
        COLLABORATIONS,
        "state",
        {"draft", "proposed", "active", "completed", "ended"},
    ),
    ("persona language", PERSONAS, "language", {"da", "en"}),
]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _empty(row: Row, fields: tuple[str, ...]) -> list[str]:
    return [field for field in fields if not row[field].strip()]


def test_vocabularies_have_every_name_in_both_languages_once() -> None:
    for name in ("themes.csv", "target_groups.csv", "sdgs.csv"):
        rows = _table("topics", name)
        assert all(row["name_da"] and row["name_en"] for row in rows), name
        keys = [row.get("slug") or row["number"] for row in rows]
        assert len(keys) == len(set(keys)), name
    assert set(range(1, 18)) == SDGS
    assert 20 <= len(THEMES) <= 24
    assert "alle" in TARGET_GROUPS


def test_areas_are_whole_and_refer_to_each_other() -> None:
    assert len(MUNICIPALITIES) == len(MUNICIPALITY_SLUGS) == 98
    for row in MUNICIPALITIES:
        assert re.fullmatch(r"[a-z0-9-]+", row["slug"])
        assert 54.5 < float(row["latitude"]) < 57.8, row["name"]
        assert 8.0 < float(row["longitude"]) < 15.3, row["name"]
    assert Counter(SLUG_OF_CODE[row["municipality_code"]] for row in DEPARTMENTS) == {"koebenhavn": 7, "kolding": 5}
    assert Counter(SLUG_OF_CODE[row["municipality_code"]] for row in DISTRICTS) == {"koebenhavn": 10, "kolding": 4}
    assert len(DEPARTMENT_KEYS) == len(DEPARTMENTS)
    assert len(DISTRICT_KEYS) == len(DISTRICTS)
    bodies = {(row["municipality_code"], row["slug"]) for row in LOCAL_BODIES}
    assert len(bodies) == len(LOCAL_BODIES) == 15
    for row in LOCAL_BODIES:
        assert (SLUG_OF_CODE[row["municipality_code"]], row["district_slug"]) in DISTRICT_KEYS, row["name"]


@pytest.mark.parametrize("kind", KEYED)
def test_no_key_stands_twice_and_each_is_an_address(kind: str) -> None:
    keys = [row["key"] for row in KEYED[kind]]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-{1,2}[a-z0-9]+)*", key) or len(key) > 80] == []


@pytest.mark.parametrize(("name", "rows", "field", "allowed"), ENUMS, ids=[enum[0] for enum in ENUMS])
def test_enums_are_known(name: str, rows: list[Row], field: str, allowed: set[str]) -> None:
    assert {row[field] for row in rows} <= allowed


def test_there_is_enough_of_everything() -> None:
    assert len(SOLUTIONS) >= 260
    assert len(CHALLENGES) >= 70
    assert sum(row["municipality"] == "kolding" for row in CHALLENGES) >= 25
    assert len(MEETINGS) >= 40
    assert len(COLLABORATIONS) >= 24
    assert 14 <= len(PERSONAS) <= 26
    assert sum(row["example"] for row in ORGANISATIONS) >= 140
    assert len(SEARCHES) == 20
    states = Counter(row["state"] for row in CHALLENGES)
    assert states.most_common(1)[0][0] == "published"
    assert min(states.values()) >= 3


@pytest.mark.parametrize(
    "rows", [ORGANISATIONS, SOLUTIONS, CHALLENGES], ids=["organisations", "solutions", "challenges"]
)
def test_topics_and_places_are_known(rows: list[Row]) -> None:
    for row in rows:
        assert row["municipality"] in MUNICIPALITY_SLUGS, row["key"]
        for field, vocabulary in (("themes", THEMES), ("target_groups", TARGET_GROUPS), ("sdgs", SDGS)):
            assert set(row[field]) <= vocabulary, row["key"]
            assert len(row[field]) == len(set(row[field])), row["key"]
        for district in row["districts"]:
            assert (row["municipality"], district) in DISTRICT_KEYS, row["key"]


def test_each_solution_has_its_texts_its_owner_and_a_place() -> None:
    for row in SOLUTIONS:
        missing = _empty(row, ("title", "text", "for_whom", "capacity"))
        assert missing == [], row["key"]
        assert len(row["title"]) <= 120, row["key"]
        assert max(len(row["capacity"]), len(row["price_note"])) <= 200, row["key"]
        assert row["price_note"] not in ("Gratis", "Free", "Abonnement"), f"{row['key']}: the page says it already"
        assert row["themes"], row["key"]
        assert row["target_groups"], row["key"]
        assert ORGANISATION[row["organisation"]]["example"], row["key"]
        assert row["delivers_in"] == ["all"] or set(row["delivers_in"]) <= MUNICIPALITY_SLUGS, row["key"]
        assert row["delivers_in"] == ["all"] or row["municipality"] in row["delivers_in"], row["key"]
        assert len(row["references"]) <= 2, row["key"]
        for reference in row["references"]:
            assert reference["title"], row["key"]
            assert 2010 < reference["year"] < 2027, row["key"]


def test_about_a_tenth_of_the_solutions_are_stale() -> None:
    for row in SOLUTIONS:
        assert row["confirm_every_days"] in (90, 180, 365), row["key"]
        assert 0 <= row["confirmed_days_ago"] <= min(400, row["created_days_ago"]), row["key"]
    stale = sum(row["confirmed_days_ago"] > row["confirm_every_days"] for row in SOLUTIONS)
    assert 0.05 < stale / len(SOLUTIONS) < 0.2


def test_each_challenge_is_told_in_its_parts() -> None:
    for row in CHALLENGES:
        assert _empty(row, ("title", "situation", "whom", "change", "where", "when")) == [], row["key"]
        assert len(row["title"]) <= 120, row["key"]
        assert max(len(row["where"]), len(row["when"])) <= 200, row["key"]
        assert row["departments"], row["key"]
        for department in row["departments"]:
            assert (row["municipality"], department) in DEPARTMENT_KEYS, row["key"]
        assert row["possibilities"], row["key"]
        assert set(row["possibilities"]) <= {"trial", "purchase", "partnership", "funding"}, row["key"]
        assert (row["state"] in ("solved", "closed")) == bool(row["learned"]), row["key"]
        assert row["audience"] == "public" or row["state"] in ("draft", "published"), row["key"]
    assert any(len(row["departments"]) == 3 for row in CHALLENGES)


def test_cvr_numbers_belong_to_invented_organisations_and_pass_modulus_11() -> None:
    numbers = [row["cvr"] for row in ORGANISATIONS if row["cvr"]]
    assert len(numbers) == len(set(numbers)) > 50
    for number in numbers:
        assert re.fullmatch(r"9\d{7}", number)
        weights = (2, 7, 6, 5, 4, 3, 2, 1)
        assert sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0


def test_named_organisations_carry_nothing_that_was_not_stated() -> None:
    named = [row for row in ORGANISATIONS if not row["example"]]
    assert Counter(row["source"] for row in named) == {"copenhagen": 42, "kolding": 6}
    for row in named:
        assert row["name"], row["key"]
        assert row["what"], row["key"]
        assert row["cvr"] == row["capacity"] == row["for_whom"] == "", row["key"]
        assert row["employees"] is None, row["key"]
        assert not row["registered_social_enterprise"], row["key"]
        assert row["themes"] == row["target_groups"] == row["sdgs"] == row["districts"] == [], row["key"]
    owners = {row["organisation"] for row in SOLUTIONS}
    assert owners == {row["key"] for row in ORGANISATIONS if row["example"]}


def test_invented_organisations_say_what_they_do_and_for_whom() -> None:
    for row in ORGANISATIONS:
        if row["example"]:
            assert row["source"] == "example", row["key"]
            assert _empty(row, ("name", "what", "for_whom", "capacity")) == [], row["key"]
            assert not row["registered_social_enterprise"] or row["cvr"], row["key"]
    assert len({row["name"] for row in ORGANISATIONS}) == len(ORGANISATIONS)


def test_dialogues_are_told_forwards_between_two_sides_that_exist() -> None:
    pairs = [(row["challenge"], row["solution"]) for row in MEETINGS]
    assert len(pairs) == len(set(pairs))
    for row in MEETINGS:
        challenge, solution = CHALLENGE[row["challenge"]], SOLUTION[row["solution"]]
        assert challenge["state"] != "draft", row["key"]
        assert challenge["audience"] == "public", row["key"]
        sides = [message["side"] for message in row["messages"]]
        days = [message["days_ago"] for message in row["messages"]]
        assert 1 <= len(sides) <= 6, row["key"]
        assert sides[0] == row["opened_by"], row["key"]
        assert set(sides) <= {"challenge", "solution"}, row["key"]
        assert days == sorted(days, reverse=True), row["key"]
        assert days[0] <= min(challenge["created_days_ago"], solution["created_days_ago"]), row["key"]
        assert all(message["text"].strip() for message in row["messages"]), row["key"]
        assert (row["state"] in ("declined", "ended")) == bool(row["closing_note"]) == bool(row["closed_by"]), row[
            "key"
        ]
        if row["state"] in ("invited", "interested", "declined"):
            assert set(sides) == {row["opened_by"]} != {row["closed_by"]}, row["key"]
        if row["state"] in ("open", "agreed", "ended"):
            assert len(set(sides)) == 2, row["key"]


def test_each_agreed_dialogue_has_its_collaboration() -> None:
    agreed = Counter(row["key"] for row in MEETINGS if row["state"] == "agreed")
    assert Counter(row["meeting"] for row in COLLABORATIONS if row["meeting"]) == agreed


def test_collaborations_name_their_parties_and_their_time() -> None:
    for row in COLLABORATIONS:
        assert _empty(row, ("title", "goal", "promised_effect")) == [], row["key"]
        assert len(row["title"]) <= 120, row["key"]
        assert row["municipality"] in MUNICIPALITY_SLUGS, row["key"]
        if row["meeting"]:
            meeting = MEETING[row["meeting"]]
            assert (row["challenge"], row["solution"]) == (meeting["challenge"], meeting["solution"]), row["key"]
        assert row["challenge"] is None or row["challenge"] in CHALLENGE, row["key"]
        assert row["solution"] is None or row["solution"] in SOLUTION, row["key"]
        assert len(row["parties"]) >= 2, row["key"]
        for party in row["parties"]:
            assert party["contact"] is None or party["contact"] in PERSONA, row["key"]
            if "department" in party:
                assert (row["municipality"], party["department"]) in DEPARTMENT_KEYS, row["key"]
            else:
                assert party["organisation"] in ORGANISATION, row["key"]
        starts, ends = -row["starts_days_ago"], row["ends_in_days"]
        assert starts < ends, row["key"]
        reviews = [review["in_days"] for review in row["reviews"]]
        assert reviews == sorted(set(reviews)), row["key"]
        assert all(
            starts <= day <= ends and review["note"] for day, review in zip(reviews, row["reviews"], strict=True)
        )
        for update in row["updates"]:
            assert update["status"] in ("on_track", "attention", "off_track"), row["key"]
            assert starts <= -update["days_ago"] <= min(0, ends), row["key"]
            assert update["text"], row["key"]


def test_collaboration_states_agree_with_what_is_told() -> None:
    for row in COLLABORATIONS:
        over = row["state"] in ("completed", "ended")
        if over:
            assert _empty(row["experience"], ("worked", "did_not_work", "next_time")) == [], row["key"]
        else:
            assert row["experience"] is None, row["key"]
        assert over == (row["ends_in_days"] <= 0), row["key"]
        assert (row["state"] in ("draft", "proposed")) == (row["updates"] == []), row["key"]
        assert row["public"] or row["state"] == "draft", row["key"]


def test_challenges_in_trial_have_a_collaboration_and_none_stays_behind() -> None:
    with_collaboration = {row["challenge"] for row in COLLABORATIONS}
    for row in CHALLENGES:
        if row["state"] in ("published", "in_dialogue"):
            assert row["key"] not in with_collaboration, row["key"]
        if row["state"] == "in_trial":
            assert row["key"] in with_collaboration, row["key"]


def test_personas_cover_every_role() -> None:
    held = {role["kind"] for persona in PERSONAS for role in persona["roles"]}
    assert held == ROLE_KINDS
    for persona in PERSONAS:
        lengths = {
            "first_name": 60,
            "last_name": 60,
            "role_da": 150,
            "role_en": 150,
            "one_line_da": 100,
            "one_line_en": 100,
        }
        assert _empty(persona, tuple(lengths)) == [], persona["key"]
        assert [field for field, longest in lengths.items() if len(persona[field]) > longest] == [], persona["key"]
        for role in persona["roles"]:
            assert role["municipality"] in ("koebenhavn", "kolding"), persona["key"]
            if role["kind"] in ("department_editor", "contact_person", "department_lead"):
                assert "department" in role, persona["key"]
            if "department" in role:
                assert (role["municipality"], role["department"]) in DEPARTMENT_KEYS, persona["key"]
        for membership in persona["memberships"]:
            assert membership["organisation"] in ORGANISATION, persona["key"]
            assert membership["kind"] in ("owner", "member"), persona["key"]
    assert any(len(persona["roles"]) > 1 and persona["memberships"] for persona in PERSONAS)
    assert any(persona["language"] == "en" for persona in PERSONAS)
    assert any(not persona["roles"] and not persona["memberships"] for persona in PERSONAS)


def test_each_department_has_a_profile_and_contact_persons() -> None:
    assert {(row["municipality"], row["department"]) for row in PROFILES} == DEPARTMENT_KEYS
    assert len(PROFILES) == len(DEPARTMENT_KEYS)
    for row in PROFILES:
        assert _empty(row, ("what_da", "what_en")) == [], row["department"]
        contacts = {
            persona["key"]
            for persona in PERSONAS
            for role in persona["roles"]
            if role["kind"] == "contact_person"
            and (role["municipality"], role["department"]) == (row["municipality"], row["department"])
        }
        assert set(row["contacts"]) == contacts != set(), row["department"]


def test_searches_are_questions_that_somebody_types() -> None:
    assert sum(bool(row["kept_by"]) for row in SEARCHES) >= 5
    for row in SEARCHES:
        assert not row["kept_by"] or row["kept_by"] in PERSONA, row["key"]
        assert row["kind"] in ("", "challenge", "solution"), row["key"]
        assert (row["rhythm"] in ("at_once", "daily", "weekly", "none")) == bool(row["kept_by"]), row["key"]
        assert row["text"].strip(), row["key"]
        assert row["language"] in ("da", "en"), row["key"]
        assert row["municipality"] in MUNICIPALITY_SLUGS | {""}, row["key"]


def test_no_way_to_reach_a_real_person_and_no_link_out() -> None:
    everything = [*PERSONAS, *PROFILES, *(row for rows in KEYED.values() for row in rows)]
    for row in everything:
        for text in _texts({key: value for key, value in row.items() if key != "cvr"}):
            for address in re.findall(r"[\w.+-]+@([\w.-]+)", text):
                assert address in ("example.dk", "example.org"), text
            assert not re.search(
                r"(?<!\d)(\+45[ ]?)?(\d{8}|\d{2}[ ]\d{2}[ ]\d{2}[ ]\d{2}|\d{4}[ ]\d{4})(?!\d)", text
            ), text
            assert not re.search(r"https?:|www\.", text), text


def test_texts_are_tidy() -> None:
    for rows in (*KEYED.values(), PROFILES):
        for row in rows:
            for text in _texts(row):
                assert text == text.strip(), text
                assert "  " not in text, text
                assert not re.search(r"\s[,.;!?](\s|$)", text), text


def test_who_applies_belongs_to_the_organisation_and_builds_on_its_own_solution() -> None:
    for row in (*APPLICATIONS, *DECISIONS):
        teams = {membership["organisation"] for membership in PERSONA[row["person"]]["memberships"]}
        assert row["organisation"] in teams, row["key"]
        assert not row["solution"] or SOLUTION[row["solution"]]["organisation"] == row["organisation"], row["key"]
        assert row["state"] in ("draft", "sent", "returned", "withdrawn"), row["key"]
        assert bool(row.get("question")) == (row["state"] == "returned"), row["key"]
    states = {(row["municipality"], row["state"]) for row in APPLICATIONS}
    assert len(states) == 8


def test_decisions_fit_what_is_asked_for_and_stand_in_both_cities() -> None:
    for row in DECISIONS:
        said = row["decision"]
        asked = sum(kroner for _kind, _text, kroner, source in row["lines"] if source == "pool")
        fits = {
            "granted": said["kroner"] == asked,
            "in_part": 0 < said["kroner"] < asked,
            "refused": not said["kroner"],
        }
        assert fits[said["outcome"]], row["key"]
    found = {
        (
            row["municipality"],
            said["state"],
            said["outcome"],
            bool(said["hearing"]),
            (said["complaint"] or {}).get("answer"),
        )
        for row in DECISIONS
        for said in [row["decision"]]
    }
    for place in MUNICIPALITY_SLUGS & {"koebenhavn", "kolding"}:
        kinds = {
            (state, outcome, heard, answer if answer is None else bool(answer))
            for at, state, outcome, heard, answer in found
            if at == place
        }
        assert kinds == {
            ("decided", "in_part", False, None),
            ("decided", "refused", True, True),
            ("decided", "refused", False, False),
            ("proposed", "granted", False, None),
        }
