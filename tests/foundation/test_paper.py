"""Whatever people write comes out on paper: as it is written, or as something plain."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fyrtaarn.foundation.paper import note_on, on_paper, printable
from tests.harness.pdf import text_of

PAGE = '#set document(title: "x")\n#sys.inputs.said'


@pytest.fixture(scope="module")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "page.typ"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.mark.parametrize("word", ["Åse Łukasz ğ", "Ωμέγα", "Київ", "ירושלים", "حلب", "½ ≥ → ① ﬁ", "5 € · »ja«"])
def test_other_scripts_and_accents_are_printed(one_page: Path, word: str) -> None:
    assert printable(word) == word
    assert note_on(word) == ""
    assert on_paper(one_page, {"said": printable(word)}).startswith(b"%PDF")


def test_what_the_fonts_lack_is_replaced_once_and_said(one_page: Path) -> None:
    assert printable("Café 你好 \U0001f600\U0001f468\u200d\U0001f469!\x07\r\nTak") == "Café [?] [?]!\nTak"
    assert printable("e\u0301 １") == "é 1"
    assert "[?]" in text_of(on_paper(one_page, {"said": printable("你好")}))
    assert note_on("Tak", "你好")
    assert note_on("Tak [?]") == ""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_printed(one_page: Path, text: str) -> None:
    shown = printable(text)
    assert on_paper(one_page, {"said": shown}).startswith(b"%PDF")
    assert printable(shown) == shown
