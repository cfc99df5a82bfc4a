"""What is suggested fits what is done, and says why."""

from typing import Any

import pytest

from fyrtaarn.effects.suggesting import by_outcome, suggest

SAID = {
    "Vi reparerer gamle cykler og sælger dem igen.": "genbrug-og-mad",
    "Vi laver mad af overskud, som supermarkeder ellers smider ud.": "genbrug-og-mad",
    "Ældre, der er ensomme, mødes og får nye venner.": "faellesskab",
    "Frivillige hjælper hver uge, og vi vil have flere af dem.": "frivillighed",
}


@pytest.mark.parametrize("text", SAID)
def test_what_fits_comes_first_with_its_reason(catalogue: None, text: str) -> None:
    suggestions = suggest(text)
    assert SAID[text] in [one.indicator.outcome.key for one in suggestions[:3]]
    assert suggestions[0].reasons
    assert [one.points for one in suggestions] == sorted((one.points for one in suggestions), reverse=True)


def test_all_can_be_chosen_whatever_is_written(catalogue: None, at_most_queries: Any) -> None:
    with at_most_queries(1):
        nothing = suggest("  ")
    assert len(nothing) == len(suggest("xqzw")) >= 60
    assert not any(one.reasons or one.points for one in nothing)
    assert len(by_outcome(nothing)) == 16
