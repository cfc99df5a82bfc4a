"""Keep the Danish translations whole: `make messages`.

Source strings are English in the code; each room's Danish stands in its own locale/da/LC_MESSAGES/django.po.

    tools/messages.py            add new strings, drop those no longer used, compile
    tools/messages.py --check    list all that is missing, doubtful, unused or contradictory; fail if anything is
    tools/messages.py --compile  only write the .mo files that the running product reads
"""

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "fyrtaarn"
CATALOG = Path("locale/da/LC_MESSAGES/django.po")
TEMPLATE_ENDINGS = {".html", ".txt", ".xml", ".svg"}
HEADER = """\
msgid ""
msgstr ""
"Language: da\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

# A string as the catalog names it: (context, text) or (context, (singular, plural)).
Key = tuple[str | None, str | tuple[str, str]]

# Which arguments of Django's functions hold context, text and plural.
ARGUMENTS = {
    "gettext": {"text": 0},
    "gettext_lazy": {"text": 0},
    "gettext_noop": {"text": 0},
    "ngettext": {"text": 0, "plural": 1},
    "ngettext_lazy": {"text": 0, "plural": 1},
    "pgettext": {"context": 0, "text": 1},
    "pgettext_lazy": {"context": 0, "text": 1},
    "npgettext": {"context": 0, "text": 1, "plural": 2},
    "npgettext_lazy": {"context": 0, "text": 1, "plural": 2},
}
BABEL_KEYWORDS = {
    "gettext": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def rooms() -> list[Path]:
    """The folder of each room, by name."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def strings_of(room: Path) -> set[Key]:
    """All strings for translation in a room's code and templates."""
    found: set[Key] = set()
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            found.update(strings_in_python(path.read_text()))
    for path in sorted(room.glob("templates/**/*")):
        if path.suffix in TEMPLATE_ENDINGS:
            found.update(strings_in_template(path.read_text(), path.name))
    return found


def strings_in_python(source: str) -> Iterator[Key]:
    """Strings given to Django's translation functions, under whatever name they were imported."""
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in ARGUMENTS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported:
            places = ARGUMENTS[imported[node.func.id]]
            words = {part: _constant(node.args[place]) for part, place in places.items() if place < len(node.args)}
            text = words.get("text")
            if text is not None:
                plural = words.get("plural")
                yield words.get("context"), text if plural is None else (text, plural)


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def strings_in_template(source: str, name: str) -> Iterator[Key]:
    """Strings in `{% translate %}`, `{% blocktranslate %}` and `_("…")`."""
    from django.utils.translation.template import templatize

    # what lies around the calls is blanked out, but its indentation would confuse Python's tokenizer
    code = "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())
    for _line, function, messages, _comments in extract_python(BytesIO(code.encode()), list(BABEL_KEYWORDS), [], {}):
        words = [messages] if isinstance(messages, str) else [word for word in messages if word is not None]
        context = words.pop(0) if function in ("pgettext", "npgettext") else None
        if words and words[0]:
            yield context, (words[0], words[1]) if function in ("ngettext", "npgettext") else words[0]


def key_of(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
    return message.context, text


def read_catalog(room: Path) -> dict[Key, Message]:
    """The room's translations as they stand; empty where it has none."""
    path = room / CATALOG
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale="da", domain="django")
    return {key_of(message): message for message in catalog if message.id}


def translated(message: Message) -> bool:
    words = [message.string] if isinstance(message.string, str) else list(message.string)
    return bool(words) and all(words) and not message.fuzzy


def update(room: Path, known: dict[Key, Message]) -> None:
    """Write the room's catalog with exactly the strings it uses; a new one takes another room's translation."""
    used, present = strings_of(room), read_catalog(room)
    path = room / CATALOG
    if not used:
        path.unlink(missing_ok=True)
        return
    catalog = Catalog(locale="da", domain="django", charset="utf-8")
    for context, text in used:
        message = present.get((context, text)) or known.get((context, text))
        catalog.add(text, message.string if message else None, context=context)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER.encode() + po_text(catalog))


def po_text(catalog: Catalog) -> bytes:
    """The catalog without header, line numbers and dates, in the order of the English strings."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, no_location=True, omit_header=True, sort_output=True)
    return buffer.getvalue().lstrip(b"\n")


def compile_messages() -> None:
    """Write each room's .mo file, where it is missing or older than the .po file."""
    for room in rooms():
        source = room / CATALOG
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            with source.open("rb") as file:
                catalog = read_po(file, locale="da", domain="django")
            buffer = BytesIO()
            write_mo(buffer, catalog)
            target.write_bytes(buffer.getvalue())


def faults() -> list[str]:
    """Everything that keeps the Danish from being whole, one line each, by room."""
    lines: list[str] = []
    translations: dict[Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room in rooms():
        used, present = strings_of(room), read_catalog(room)
        lines += [f"{room.name}: missing: {_shown(key)}" for key in _sorted(used - present.keys())]
        lines += [f"{room.name}: no longer used: {_shown(key)}" for key in _sorted(present.keys() - used)]
        for key in _sorted(used & present.keys()):
            message = present[key]
            if not translated(message):
                lines.append(f"{room.name}: {'doubtful' if message.fuzzy else 'not translated'}: {_shown(key)}")
                continue
            lines += [f"{room.name}: {fault}: {_shown(key)}" for fault in placeholder_faults(message)]
            translations[key][str(message.string)].append(room.name)
    lines += [
        f"{' and '.join(room for names in by_text.values() for room in names)}: translated differently: {_shown(key)}"
        for key, by_text in translations.items()
        if len(by_text) > 1
    ]
    return lines


def placeholder_faults(message: Message) -> list[str]:
    """Placeholders such as %(name)s that stand in the English text but not in the Danish, or the other way round."""
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    danish = [message.string] if isinstance(message.string, str) else list(message.string)
    return [] if _placeholders(english) == _placeholders(danish) else ["other placeholders in Danish"]


def _placeholders(words: Iterable[str]) -> set[str]:
    return {name for text in words for name in re.findall(r"%\(\w+\)[a-z]|\{\w*\}", text)}


def _sorted(keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: (str(key[1]), key[0] or ""))


def _shown(key: Key) -> str:
    context, text = key
    words = text if isinstance(text, str) else f"{text[0]} / {text[1]}"
    return f"[{context}] {words!r}" if context else repr(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="list all faults and fail if there are any")
    choice.add_argument("--compile", action="store_true", help="only write the .mo files")
    parser.add_argument("room", nargs="*", help="only these rooms (for updating)")
    chosen = parser.parse_args()
    if chosen.check:
        found = faults()
        sys.exit("\n".join([*found, f"{len(found)} faults in the translations"]) if found else 0)
    if not chosen.compile:
        known = {key: m for room in rooms() for key, m in read_catalog(room).items() if translated(m)}
        for room in rooms():
            if not chosen.room or room.name in chosen.room:
                update(room, known)
    compile_messages()


if __name__ == "__main__":
    main()
