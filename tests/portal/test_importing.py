"""What is special about importing challenges and solutions."""

from typing import Any

import pytest
from django.utils import translation

from fyrtaarn.areas import lookups
from fyrtaarn.foundation.importing import IMPORTERS, Fault, ParsedRow
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.listings.models import Listing
from tests.harness.people import make_department, make_employee, make_organisation

pytestmark = pytest.mark.django_db
CHALLENGES = IMPORTERS["challenge"]
SOLUTIONS = IMPORTERS["solution"]


def faults(importer: Any, user: Any, place: Any, values: dict[str, Any], publish: bool = True) -> list[tuple[str, str]]:
    with translation.override("en"):
        prepared = importer.prepare(user, place)
        return [(name, str(fault)) for _row, name, fault in importer.check([ParsedRow(2, values)], prepared, publish)]


@pytest.fixture
def administrator(kolding: Any) -> Any:
    return make_employee(kolding, "municipality_administrator", name="Adam Admin")


class TestChallenges:
    def test_an_editor_imports_for_her_own_department_alone(
        self, editor: Any, kolding: Any, department: Any, other_department: Any
    ) -> None:
        row = {"title": "Ensomhed", "situation": "Sådan er det."}
        assert faults(CHALLENGES, editor, kolding, row) == []
        assert faults(CHALLENGES, editor, kolding, {**row, "department": department}) == []
        assert faults(CHALLENGES, editor, kolding, {**row, "department": other_department}) == [
            ("department", "You do not write for “Kulturforvaltningen”. Leave the row out.")
        ]
        made = CHALLENGES.create(editor, kolding, row, True)
        assert (made.department, made.state, made.contact) == (department, "published", editor)  # type: ignore[attr-defined]

    def test_a_draft_may_lack_what_publishing_needs(self, administrator: Any, kolding: Any) -> None:
        row = {"title": "Ensomhed"}
        assert [name for name, _words in faults(CHALLENGES, administrator, kolding, row)] == ["situation", "department"]
        assert faults(CHALLENGES, administrator, kolding, row, publish=False) == []
        assert faults(CHALLENGES, administrator, kolding, {**row, "state": "draft"}) == []
        assert faults(CHALLENGES, administrator, kolding, {**row, "state": "published"}, publish=False)

    def test_a_contact_works_for_the_municipality(self, administrator: Any, kolding: Any, koebenhavn: Any) -> None:
        stranger = make_employee(koebenhavn, "contact_person", make_department(koebenhavn), name="Kim")
        prepared = CHALLENGES.prepare(administrator, kolding)
        parse = CHALLENGES.field("contact").parse
        assert parse(administrator.email.upper(), prepared) == administrator
        with pytest.raises(Fault) as caught:
            parse(stranger.email, prepared)  # type: ignore[attr-defined]
        assert stranger.name not in str(caught.value)  # type: ignore[attr-defined]

    def test_departments_by_former_names_and_abbreviations(self, kolding: Any, department: Any) -> None:
        department.abbreviation, department.formerly = "SEN", "Ældreforvaltningen"
        department.save()
        found = lookups.departments(kolding)
        assert [found.get(name) for name in ("sen", "ældreforvaltningen", "Rumforvaltningen")] == [
            department,
            department,
            None,
        ]


class TestSolutions:
    def test_a_draft_for_an_enterprise_with_a_team_which_publishes_itself(
        self, administrator: Any, kolding: Any, organisation: Any
    ) -> None:
        row = {"title": "Fællesspisning", "what": "Vi laver mad.", "organisation": organisation}
        assert [name for name, _words in faults(SOLUTIONS, administrator, kolding, row)] == ["organisation"]
        assert faults(SOLUTIONS, administrator, kolding, row, publish=False) == []
        made = SOLUTIONS.create(administrator, kolding, row, False)
        assert made.state == "draft"  # type: ignore[attr-defined]
        with pytest.raises(Refused):
            SOLUTIONS.create(administrator, kolding, row, True)

    def test_an_offer_for_an_enterprise_without_a_team(self, administrator: Any, kolding: Any) -> None:
        row = {
            "title": "Lektiecafé",
            "what": "Hjælp til lektier.",
            "organisation": make_organisation(kolding, "Caféen"),
        }
        assert faults(SOLUTIONS, administrator, kolding, row) == []
        made = SOLUTIONS.create(administrator, kolding, row, True)
        assert made.state == "published"  # type: ignore[attr-defined]
        assert [step.by for step in steps_of(made)] == [administrator]
        assert Listing.objects.filter(kind="solution", subject_id=made.pk, ended=None).exists()

    def test_the_enterprise_by_name_or_cvr_number_at_home_here(
        self, administrator: Any, kolding: Any, koebenhavn: Any
    ) -> None:
        here = make_organisation(kolding, "Caféen på hjørnet", cvr="10150817")
        make_organisation(koebenhavn, "Den anden café")
        prepared = SOLUTIONS.prepare(administrator, kolding)
        parse = SOLUTIONS.field("organisation").parse
        assert [parse(cell, prepared) for cell in ("CAFÉEN PÅ HJØRNET", "10150817")] == [here, here]
        with pytest.raises(Fault):
            parse("Den anden café", prepared)

    @pytest.mark.parametrize(
        ("field", "cell", "value"),
        [
            ("stage", "Afprøvet", "tried"),
            ("stage", "Skaleret", "scaled"),
            ("price_model", "Gratis", "free"),
            ("price_model", "pr. plads", "per_place"),
            ("capacity_now", "fuldt", "none"),
            ("delivers_everywhere", "ja", True),
            ("state", "Udkast", "draft"),
        ],
    )
    def test_words_as_municipalities_use_them(self, field: str, cell: str, value: Any) -> None:
        assert SOLUTIONS.field(field).parse(cell, None) == value

    @pytest.mark.parametrize("field", ["stage", "price_model", "state", "capacity_now"])
    def test_unknown_words_are_answered_with_the_known(self, field: str) -> None:
        with translation.override("en"), pytest.raises(Fault) as caught:
            SOLUTIONS.field(field).parse("qqqq", None)
        assert "It can be" in str(caught.value)
