"""Renew the tables in the documentation that the code knows better: `tools/reference.py`.

A table stands between <!-- name --> and <!-- /name -->; a test fails when one is not current.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def settings() -> str:
    """All settings with what they mean."""
    from fyrtaarn.config.environment import VARIABLES

    rows = ((f"`{v.name}`", f"`{v.default}`" if v.default else "–", v.meaning) for v in VARIABLES)
    return table(("Setting", "Default", "Meaning"), rows)


def states() -> str:
    """The states of everything that has states, in both languages."""
    from django.apps import apps
    from django.utils import translation

    def rows() -> Iterator[tuple[str, ...]]:
        for model in apps.get_models():
            names = {field.name: field for field in model._meta.fields}
            if not model.__module__.startswith("fyrtaarn") or "state" not in names or "pgh_id" in names:
                continue
            for value, label in names["state"].flatchoices:
                words = []
                for language in ("en", "da"):
                    with translation.override(language):
                        words.append(str(label))
                yield model.__name__, f"`{value}`", *words

    return table(("Of", "State", "English", "Danish"), rows())


TABLES: dict[str, tuple[Path, Callable[[], str]]] = {
    "settings": (ROOT / "docs" / "operators" / "README.md", settings),
    "states": (ROOT / "docs" / "glossary.md", states),
}


def renewed(name: str) -> str:
    """The text of the file that holds the table, with the table as the code has it now."""
    path, make = TABLES[name]
    between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    text, found = between.subn(lambda match: match[1] + make() + match[2], path.read_text(encoding="utf-8"))
    if not found:
        raise LookupError(f"{path} has no place for the table {name}")
    return text


def main() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fyrtaarn.config.settings")
    import django

    django.setup()
    for name, (path, _make) in TABLES.items():
        path.write_text(renewed(name), encoding="utf-8")


if __name__ == "__main__":
    main()
