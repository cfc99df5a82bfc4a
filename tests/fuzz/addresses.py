"""Every address of the product, as the resolver knows it, with places for what it takes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from .values import as_bytes

PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Address:
    """The full name of an address, and its path with `{places}`."""

    name: str
    template: str

    @property
    def places(self) -> list[str]:
        return PLACE.findall(self.template)

    def path(self, values: Mapping[str, str]) -> str:
        """The path with the values in their places, whatever they are."""
        return "/" + PLACE.sub(lambda place: quote(as_bytes(str(values[place[1]])), safe="/"), self.template)


def addresses() -> list[Address]:
    """All addresses, in the order of their names."""
    return sorted(set(_walk(get_resolver().url_patterns, "", "")), key=lambda one: (one.name, one.template))


def _walk(patterns: Iterable[URLPattern | URLResolver], namespace: str, before: str) -> Iterator[Address]:
    for pattern in patterns:
        template = before + _template(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, template)
        else:
            yield Address(f"{namespace}{pattern.name or pattern.pattern}", template)


def _template(pattern: RoutePattern | RegexPattern) -> str:
    if isinstance(pattern, RegexPattern):
        named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", str(pattern))
        return named.removeprefix("^").removesuffix("$").replace("\\", "")
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", r"{\1}", str(pattern))
