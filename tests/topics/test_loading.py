"""The starting data of topics."""

import pytest

from fyrtaarn.topics.loading import load_topics
from fyrtaarn.topics.models import Goal, TargetGroup, Theme


@pytest.mark.django_db
def test_all_words_come_in_both_languages() -> None:
    load_topics()
    assert Goal.objects.count() == 17
    assert Theme.objects.count() == 24
    assert TargetGroup.objects.count() == 24
    for word in [*Theme.objects.all(), *TargetGroup.objects.all()]:
        assert word.name
        assert word.name_en
    for goal in Goal.objects.all():
        assert goal.name_da
        assert goal.name_en


@pytest.mark.django_db
def test_loading_again_changes_no_word() -> None:
    load_topics()
    Theme.objects.filter(slug="job-og-inklusion").update(name="Arbejde for alle")
    load_topics()
    assert Theme.objects.get(slug="job-og-inklusion").name == "Arbejde for alle"
    assert Theme.objects.count() == 24
