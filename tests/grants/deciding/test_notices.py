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
    "why": "En fejl.",
    "by": "Vera",
    "text": "Det er forkert.",
    "outcome": "granted",
    "granted": 100_000_00,
    "late": False,
    "state": "kept",
    "answer": "Den står ved magt.",
}
KINDS = (
    "proposed", "taken_back", "hearing", "hearing_due", "heard", "decided", "complaint", "complaint_due",
    "complaint_answered",
)  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"outcome": "in_part", "state": "upheld", "late": True}, {"outcome": "refused"}])
@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_has_a_title_and_a_text_in_danish_and_english(kind: str, more: dict[str, Any]) -> None:
    said = []
    for language in ("da", "en"):
        with override(language):
            said.append(words_of(Notice(kind=f"grants.{kind}", params={**PARAMS, **more}, path="/")))
    assert said[0].title != said[1].title
    for words in said:
        assert words.title.strip()
        assert words.text.strip()
