"""The letter is a tagged PDF in the applicant's language and says what the law asks for."""

import pytest

from fyrtaarn.foundation import clock
from fyrtaarn.grants.deciding import letters
from fyrtaarn.grants.models import Hearing
from tests.harness.pdf import text_of

from .conftest import Matter, decided, drafted

pytestmark = pytest.mark.django_db


def said_in(words: dict[str, object]) -> str:
    return str(words)


def test_a_letter_is_kept_with_the_decision_and_tagged(matter: Matter) -> None:
    decision = decided(matter, outcome="in_part", oere=1_000_50, reasons="Effekten er god.\nBudgettet er for stort.")
    with decision.letter.content.open("rb") as stored:
        pdf = stored.read()
    assert pdf.startswith(b"%PDF")
    for sign in (b"/StructTreeRoot", b"/Marked true", b"pdfuaid:part", b"/Lang(da)"):
        assert sign in pdf
    said = text_of(pdf)
    for part in (
        "Eksempelkøkkenet",
        "Afgørelsen",
        "1.000,50 kr.",
        "Effekten er god.",
        "Budgettet er for stort.",
        "Vilkår",
    ):
        assert part in said, part
    assert (decision.letter.name, decision.letter.media_type) == (f"afgoerelse-{decision.pk}.pdf", "application/pdf")


def test_a_letter_says_outcome_reasons_rules_and_how_to_complain(matter: Matter) -> None:
    decision = drafted(matter, outcome="in_part", oere=1_000_50, reasons="Budgettet er for stort.")
    words = letters.words_of(decision)
    headings = [heading for heading, _text in words["sections"]]
    assert headings == ["Afgørelsen", "Begrundelse", "Vilkår", "Reglerne bag", "Hvis I er uenige"]
    said = said_in(words)
    for part in ("1.000,50 kr.", "Budgettet er for stort.", "Fortæl om det.", "Ankestyrelsen", "Eksempelkøkkenet"):
        assert part in said, part


@pytest.mark.parametrize("outcome", ["granted", "in_part", "refused"])
def test_a_letter_is_in_the_language_of_the_application(matter: Matter, outcome: str) -> None:
    matter.application.language = "en"
    matter.application.save()
    oere = {"granted": matter.application.asked, "in_part": 1_000_00, "refused": 0}[outcome]
    decision = drafted(matter, outcome=outcome, oere=oere)
    said = said_in(letters.words_of(decision))
    assert "If you disagree" in said
    assert ("refused" in said) == (outcome == "refused")
    assert b"(en)" in letters.letter_of(decision)


def test_what_people_write_is_never_read_as_typst_and_never_keeps_the_letter_back(matter: Matter) -> None:
    matter.application.title = '#panic("x") *fed* \x07 <b> \U0001f600'
    matter.application.save()
    decision = drafted(matter, reasons="$x^2$ #let y = 1 \\ [ok] 100 % \u4f60", conditions="")
    Hearing.objects.create(
        decision=decision, application=matter.application, text="Gæld", due=clock.today(), sent_by=matter.manager,
        answer="= Nej", answered=clock.now(), answered_by=matter.owner,
    )  # fmt: skip
    words = letters.words_of(decision)
    assert "Vilkår" not in said_in(words)
    said = text_of(letters.letter_of(decision))
    for part in ('#panic("x") *fed*  <b> [?]', "$x^2$ #let y = 1 \\ [ok] 100 % [?]", "= Nej", "»[?]« står for tegn"):
        assert part in said, part


@pytest.mark.parametrize("name", ["Åse Łukasz Çağrı", "Αθήνα", "Київ", "ירושלים", "حلب"])
def test_names_are_printed_as_they_are_written(matter: Matter, name: str) -> None:
    type(matter.organisation).objects.filter(pk=matter.organisation.pk).update(name=name)
    said = text_of(letters.letter_of(drafted(matter)))
    assert name in said
    assert "[?]" not in said
