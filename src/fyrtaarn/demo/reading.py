"""The content files: what stands in them is told in content/SOURCES.md."""

import json
from importlib.resources import files
from typing import Any

from .book import Row

CONTENT = files("fyrtaarn.demo") / "content"


def rows(name: str) -> list[Row]:
    """One object a line, or one list in the file."""
    file = CONTENT / f"{name}.jsonl"
    if file.is_file():
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    whole: list[Row] = table(name)
    return whole


def table(name: str) -> Any:
    return json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))
