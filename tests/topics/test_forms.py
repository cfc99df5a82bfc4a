"""In which order the shared words are offered."""

from typing import Any

import pytest
from django import forms
from django.utils import translation

from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.topics.forms import TopicsField
from fyrtaarn.topics.loading import load_topics
from fyrtaarn.topics.models import Goal, TargetGroup, Theme


class WordsForm(forms.Form):
    themes = TopicsField(Theme.objects.all())
    target_groups = TopicsField(TargetGroup.objects.all())
    goals = TopicsField(Goal.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "key"), [("da", danish_key), ("en", str)])
def test_words_stand_in_the_reader_s_alphabet(language: str, key: Any) -> None:
    load_topics()
    with translation.override(language):
        form = WordsForm()
        for name in ("themes", "target_groups"):
            offered = [label for _value, label in form.fields[name].choices]  # type: ignore[attr-defined]
            assert offered == sorted(offered, key=key)
        assert [value.value for value, _label in form.fields["goals"].choices] == list(range(1, 18))  # type: ignore[attr-defined]
