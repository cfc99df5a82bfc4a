"""Themes and target groups are changed by the editors alone, and never while somebody would lose one."""

from typing import Any

import pytest
from django.test import Client

from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.topics.models import TargetGroup, Theme
from fyrtaarn.vocabulary.actions import topics as actions
from tests.harness.people import make_organisation
from tests.harness.races import at_once

pytestmark = pytest.mark.django_db
TOPICS = "/administration/emner/"
VALUES = {"name": "Havet", "name_en": "The sea", "description_da": "", "description_en": ""}


@pytest.fixture
def theme(editor: Any) -> Theme:
    return actions.add_topic(Theme, VALUES, by=editor)


def test_a_theme_is_added_renamed_and_removed(theme: Theme, editor: Any) -> None:
    assert actions.add_topic(Theme, VALUES, by=editor).slug == "havet-2"
    actions.change_topic(theme, {**VALUES, "name": "Vand og hav"}, version=1, by=editor)
    with pytest.raises(Conflict):
        actions.change_topic(theme, {**VALUES, "name": "Noget andet"}, version=1, by=editor)
    theme.refresh_from_db()
    assert (theme.name, theme.slug) == ("Vand og hav", "havet")
    actions.remove_topic(theme, by=editor)
    assert not Theme.objects.filter(pk=theme.pk).exists()


def test_what_is_in_use_is_not_removed(theme: Theme, editor: Any, kolding: Any) -> None:
    make_organisation(kolding).themes.add(theme)
    with pytest.raises(Refused):
        actions.remove_topic(theme, by=editor)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_an_administrator_changes_nothing(theme: Theme, administrator: Any, client: Client) -> None:
    for act in (
        lambda: actions.add_topic(TargetGroup, {"name": "X", "name_en": "X"}, by=administrator),
        lambda: actions.change_topic(theme, VALUES, version=1, by=administrator),
        lambda: actions.remove_topic(theme, by=administrator),
    ):
        with pytest.raises(Refused):
            act()
    client.force_login(administrator)
    assert client.get(TOPICS).status_code == 200
    assert client.get(f"{TOPICS}temaer/{theme.pk}/").status_code == 403
    assert client.post(f"{TOPICS}temaer/{theme.pk}/fjern/").status_code == 403


def test_a_renamed_target_group_has_its_listings_read_anew(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(actions, "when_target_groups_change", [lambda: told.append(True)])
    group = actions.add_topic(TargetGroup, {"name": "Søfolk", "name_en": "Sailors"}, by=editor)
    actions.change_topic(group, {"name": "Søfolk", "name_en": "Seafarers"}, version=1, by=editor)
    assert told == []
    actions.change_topic(group, {"name": "Sømænd", "name_en": "Seafarers"}, version=2, by=editor)
    assert told == [True]


def test_the_pages_say_what_is_wrong_and_keep_what_was_written(client: Client, editor: Any, theme: Theme) -> None:
    client.force_login(editor)
    assert client.post(f"{TOPICS}maalgrupper/ny/", {"name": "Søfolk"}).status_code == 422
    assert client.post(f"{TOPICS}maalgrupper/ny/", {"name": "Søfolk", "name_en": "Sailors"}).status_code == 302
    assert client.get(f"{TOPICS}ukendt/ny/").status_code == 404
    path = f"{TOPICS}temaer/{theme.pk}/"
    actions.change_topic(theme, {**VALUES, "name": "Deres"}, version=1, by=editor)
    overtaken = client.post(path, {**VALUES, "name": "Mit", "version": "1"})
    assert overtaken.status_code == 422
    assert 'value="Mit"' in overtaken.content.decode()
    assert client.post(path, {**VALUES, "name": "Mit", "version": "2"}).status_code == 302
    assert Theme.objects.get(pk=theme.pk).name == "Mit"
    client.post(f"{path}fjern/")
    assert not Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_word_at_once_get_two() -> None:
    from fyrtaarn.people.actions import appoint
    from tests.harness.people import make_user

    person = make_user()
    appoint(person, "vocabulary_editor")
    added = at_once(*[lambda: actions.add_topic(Theme, VALUES, by=person)] * 2)
    assert sorted(one.slug for one in added) == ["havet", "havet-2"]
