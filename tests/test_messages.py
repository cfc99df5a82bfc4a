"""Both languages are whole: every string in code and templates has its Danish, and nothing else is in the catalogs."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation

from tools import messages


@pytest.mark.parametrize("room", [room.name for room in messages.rooms()])
def test_the_danish_of_a_room_is_whole(room: str) -> None:
    assert [fault for fault in messages.faults() if room in fault.split(":")[0].split(" and ")] == []


def test_the_catalogs_are_compiled() -> None:
    for room in messages.rooms():
        if (room / messages.CATALOG).exists():
            assert (room / messages.CATALOG).with_suffix(".mo").exists()
    with translation.override("da"):
        assert translation.gettext("Sign in") == "Log ind"
    with translation.override("en"):
        assert translation.gettext("Sign in") == "Sign in"


def test_strings_in_python_are_found_under_any_name() -> None:
    source = """
from django.utils.translation import gettext as say, gettext_lazy as _, ngettext, pgettext_lazy
say("plain"); _("lazy " "joined"); ngettext("one day", "many days", n); pgettext_lazy("verb", "Open"); other("no")
_(variable)
"""
    assert set(messages.strings_in_python(source)) == {
        (None, "plain"),
        (None, "lazy joined"),
        (None, ("one day", "many days")),
        ("verb", "Open"),
    }


def test_strings_in_templates_are_found_between_components() -> None:
    source = """
<c-heading title="{% translate 'All of them' %}">
      {% blocktranslate trimmed count number=n %}
        One answer
      {% plural %}
        {{ number }} answers
      {% endblocktranslate %}
  </c-heading>
    {% translate "Open" context "verb" %} it's "quoted"
"""
    assert set(messages.strings_in_template(source, "page.html")) == {
        (None, "All of them"),
        (None, ("One answer", "%(number)s answers")),
        ("verb", "Open"),
    }


def test_each_language_has_its_own_quotation_marks() -> None:
    """Danish »…«, English “…”; source: Dansk Sprognævn, Retskrivningsordbogen § 59, which leaves the choice to us."""
    faults = []
    for room in messages.rooms():
        for (_context, source), message in messages.read_catalog(room).items():
            english, danish = str(source), str(message.string)
            faults += [english] if set(english) & set("»«„") else []
            faults += [danish] if set(danish) & set("“”„") else []
    assert faults == []


def test_a_lost_placeholder_is_a_fault() -> None:
    assert messages.placeholder_faults(Message("Hello %(name)s", "Hej")) != []
    assert messages.placeholder_faults(Message("Hello %(name)s", "Hej %(name)s")) == []


def test_updating_keeps_translations_and_drops_what_is_no_longer_used(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text('from django.utils.translation import gettext as _\n_("Kept")\n_("New")\n')
    path = tmp_path / messages.CATALOG
    path.parent.mkdir(parents=True)
    path.write_text(messages.HEADER + 'msgid "Gone"\nmsgstr "Væk"\n\nmsgid "Kept"\nmsgstr "Bevaret"\n')
    messages.update(tmp_path, known={})
    written = messages.read_catalog(tmp_path)
    assert {key: message.string for key, message in written.items()} == {(None, "Kept"): "Bevaret", (None, "New"): ""}
    before = path.read_bytes()
    messages.update(tmp_path, known={})
    assert path.read_bytes() == before
