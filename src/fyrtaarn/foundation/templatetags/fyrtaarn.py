"""Tags and filters that every template may use."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fyrtaarn.foundation.money import kroner
from fyrtaarn.foundation.richtext import rich_text

register = template.Library()


@register.filter
def richtext(source: str) -> SafeString:
    """Markdown as safe HTML."""
    return rich_text(source)


@register.filter(name="kroner")
def kroner_filter(oere: int) -> str:
    """Øre as kroner in words."""
    return kroner(oere)


@register.filter
def as_json(value: Any) -> str:
    """JSON for a data attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


@register.simple_tag(takes_context=True)
def rendered(context: Context, name: str) -> SafeString:
    """What a template says here, to be shown more than once: {% rendered "…" as words %}."""
    template: Any = get_template(name)
    words: SafeString = template.template.render(context)
    return words


class KeptNode(template.Node):
    """Rendered once for each language, and for which of the conditions hold."""

    def __init__(self, nodelist: NodeList, conditions: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.conditions = conditions
        self.renderings: dict[tuple[str | None, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        case = (get_language(), *("yes" if one.resolve(context) else "no" for one in self.conditions))
        found = self.renderings.get(case)
        if found is None:
            found = self.renderings[case] = self.nodelist.render(context)
        return found


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """{% kept [condition …] %}…{% endkept %}: what is the same on every page and for everybody, rendered only once.

    What stands inside may depend on the language and on the conditions that it names, and on nothing else: neither
    on who reads, nor on the page, nor on the database.
    """
    conditions = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, conditions)
