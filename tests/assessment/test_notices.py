"""Every notice reads well in both languages."""

from typing import Any

import pytest
from django.utils.translation import override

from fyrtaarn.foundation.models import Notice
from fyrtaarn.foundation.notices import words_of

PARAMS = {
    "title": "Café for alle",
    "organisation": "Huset",
    "pool": "Fælles pulje",
    "due": "1.3.2027",
    "late": False,
    "why": "Du er på ferie.",
    "assessor": "Vera",
    "conflict": "Min bror er ansat.",
    "instead": "",
    "lacking": 0,
    "by": "Vera",
    "text": "Er vi enige?",
}
KINDS = ("asked", "released", "due", "conflict", "assessed", "remark")


@pytest.mark.parametrize("more", [{}, {"late": True, "instead": "Viggo", "due": "", "lacking": 2}])
@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_has_a_title_and_a_text_in_danish_and_english(kind: str, more: dict[str, Any]) -> None:
    said = []
    for language in ("da", "en"):
        with override(language):
            said.append(words_of(Notice(kind=f"assessment.{kind}", params={**PARAMS, **more}, path="/")))
    assert said[0].title != said[1].title
    for words in said:
        assert words.title.strip()
        assert words.text.strip()
