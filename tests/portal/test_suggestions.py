"""What a text seems to be about."""

from dataclasses import replace
from typing import Any

import pytest

from fyrtaarn.engine.matching import default_taxonomy
from fyrtaarn.people.actions import appoint
from fyrtaarn.portal.suggestions import CONCEPTS_OF_GOALS, _group_terms, suggestions_for
from fyrtaarn.topics.models import Goal, TargetGroup, Theme
from tests.harness.people import make_user


@pytest.fixture
def topics(db: None) -> dict[str, Any]:
    def made(model: Any, slug: str, name: str, **fields: Any) -> Any:
        return model.objects.update_or_create(slug=slug, defaults={"name": name, "name_en": slug, **fields})[0]

    food = "Måltider, køkkener og mad, der ikke skal ende i skraldespanden."
    return {
        "food": made(Theme, "mad-og-madspild", "Mad og madspild", description_da=food),
        "energy": made(Theme, "klima-og-energi", "Klima og energi", description_da="Skybrud og varmeregninger."),
        "old": made(TargetGroup, "aeldre", "Ældre"),
        "women": made(TargetGroup, "kvinder", "Kvinder og piger"),
        "goal": Goal.objects.update_or_create(number=12, defaults={"name_da": "Forbrug", "name_en": "Consumption"})[0],
    }


def suggested(title: str, text: str) -> dict[str, list[int]]:
    return suggestions_for(title, text, Theme.objects.all(), TargetGroup.objects.all(), Goal.objects.all())


def test_a_text_about_food_for_the_old_suggests_just_that(topics: dict[str, Any]) -> None:
    found = suggested("Madspild i køkkenet", "De ældre på plejehjemmet spiser ikke op, og maden bliver smidt ud.")
    assert topics["food"].pk in found["themes"]
    assert topics["energy"].pk not in found["themes"]
    assert topics["old"].pk in found["target_groups"]
    assert topics["women"].pk not in found["target_groups"]
    assert found["goals"][0] == 12


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "🙂", "x" * 5000, "<script>"])
def test_a_text_that_says_nothing_suggests_nothing(topics: dict[str, Any], text: str) -> None:
    assert not any(suggested("", text).values())


def test_every_concept_of_a_goal_is_known_to_the_engine() -> None:
    known = default_taxonomy().concepts
    assert [name for names in CONCEPTS_OF_GOALS.values() for name in names if f"c:{name}" not in known] == []
    assert sorted(CONCEPTS_OF_GOALS) == list(range(1, 18))


def test_a_published_word_suggests_what_it_means(topics: dict[str, Any]) -> None:
    from fyrtaarn.vocabulary import actions
    from fyrtaarn.vocabulary.models import VocabularyConcept
    from fyrtaarn.vocabulary.queries import draft_version

    actions.take_shipped()
    assert not any(suggested("Knallblip", "").values())
    editor = make_user("Rosa")
    appoint(editor, "vocabulary_editor")
    for term in ("c:genbrug", next(iter(_group_terms("Ældre", 1)))):
        concept = VocabularyConcept.objects.get(kind=term[0], key=term[2:])
        entry = replace(concept.entry, danish=(*concept.danish, "knallblip"))
        actions.change_concept(concept, entry, version=concept.version, by=editor)
    actions.publish(draft_version(), "Nyt ord", by=editor)
    found = suggested("Knallblip", "")
    assert found["goals"] == [topics["goal"].pk]
    assert found["target_groups"] == [topics["old"].pk]
