"""The documentation is current: tables as the code has them, every noun explained, no link that leads nowhere."""

import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps

from tools import messages, reference

ROOT = reference.ROOT
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("name", reference.TABLES)
def test_a_table_is_as_the_code_has_it(name: str) -> None:
    path, _make = reference.TABLES[name]
    assert path.read_text(encoding="utf-8") == reference.renewed(name), "run tools/reference.py"


def test_the_glossary_explains_every_noun() -> None:
    explained = set(re.findall(r"`([A-Z]\w+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))
    nouns = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("fyrtaarn") and "pgh_id" not in {field.name for field in model._meta.fields}
    }
    assert nouns == explained


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert {path.name for path in folder.glob("0*.md")} == listed


def test_the_users_part_is_there_in_both_languages() -> None:
    english, danish = (len(list((ROOT / "docs" / name).glob("*.md"))) for name in ("users", "brugere"))
    assert english == danish > 7


def test_a_placeholder_says_that_it_is_one() -> None:
    source = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    is_placeholder = "example.org" in yaml.safe_load(source)["url"]
    assert is_placeholder == ("day of publication" in source)


def test_publiccode_says_what_the_standard_demands() -> None:
    """Source: https://yml.publiccode.tools/schema.core.html, version 0.4."""
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"} <= said.keys()
    assert {"softwareType", "description", "legal", "maintenance", "localisation"} <= said.keys()
    assert said["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert said["softwareType"] == "standalone/web"
    assert said["legal"]["license"] == "EUPL-1.2"
    assert said["maintenance"]["contacts"]
    assert said["url"].startswith("https://")
    assert said["url"].endswith(".git")
    assert said["localisation"]["availableLanguages"] == ["da", "en"]
    assert (ROOT / said["logo"]).exists()
    for words in said["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000


@pytest.mark.parametrize(("folder", "language"), [("users", "en"), ("brugere", "da")])
def test_what_stands_in_bold_for_users_stands_so_on_a_page(folder: str, language: str) -> None:
    shown: set[str] = set()
    for room in messages.rooms():
        for (_context, source), message in messages.read_catalog(room).items():
            said = source if language == "en" else message.string
            shown |= set(said if isinstance(said, list | tuple) else [said])
    pages = (ROOT / "docs" / folder).glob("*.md")
    labels = [(page.name, label) for page in pages for label in BOLD.findall(page.read_text(encoding="utf-8"))]
    assert len(labels) > 20
    assert [(page, label) for page, label in labels if label not in shown] == []
