"""Tags that keep what is the same on every page."""

import pytest
from django.template import engines
from django.utils import translation


def said(source: str, **context: object) -> list[str]:
    """The template rendered in Danish, in English, and in Danish again, by the same nodes."""
    template = engines["django"].from_string(source)
    words = []
    for language in ("da", "en", "da"):
        with translation.override(language):
            words.append(template.render(context))
    return words


def test_what_is_kept_is_kept_in_each_language() -> None:
    assert said('{% kept %}{% translate "Menu" %} {% translate "Sign out" %}{% endkept %}') == [
        "Menu Log ud",
        "Menu Sign out",
        "Menu Log ud",
    ]


@pytest.mark.parametrize("order", [(True, False, True), (False, True, False)])
def test_what_is_kept_is_kept_for_each_outcome_of_its_conditions(order: tuple[bool, ...]) -> None:
    template = engines["django"].from_string(
        "{% kept known %}{% if known %}hello{% else %}who?{% endif %}{% endkept %}"
    )
    assert [template.render({"known": known}) for known in order] == ["hello" if known else "who?" for known in order]


def test_what_is_kept_is_rendered_once() -> None:
    rendered: list[int] = []
    template = engines["django"].from_string("{% kept %}{{ count }}{% endkept %}")
    for _ in range(3):
        template.render({"count": lambda: rendered.append(1) or len(rendered)})
    assert len(rendered) == 1
