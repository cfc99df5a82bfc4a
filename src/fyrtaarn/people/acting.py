"""Acting as: someone who belongs to several municipalities or organisations chooses for whom she is here now.

The choice decides which municipality's pages she is led to. It never gives a right that she does not hold anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest

from fyrtaarn.areas.models import Municipality

from .models import User

SESSION_KEY = "acting_as"


@dataclass(frozen=True)
class Context:
    """One hat: `key` is "room:id", `path` the page that it begins on, `municipality` its home."""

    key: str
    label: str
    path: str
    municipality: Municipality


def me(request: HttpRequest) -> User:
    """The signed-in person, on a page that demands sign-in."""
    return cast(User, request.user)


Provider = Callable[[User], list[Context]]
providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a room say which contexts it gives a person; called in its AppConfig.ready()."""
    providers.append(provider)


def municipal_contexts(user: User) -> list[Context]:
    """One context for each open municipality in which she holds a role."""
    municipalities = {role.municipality_id: role.municipality for role in user.current_roles}
    return [
        Context(f"municipality:{m.pk}", m.label, f"/{m.slug}/", m)
        for m in sorted(municipalities.values(), key=lambda m: m.sort_key)
        if m.open
    ]


def contexts_of(user: User) -> list[Context]:
    """All contexts that the person may choose now, municipalities first."""
    return [context for provider in providers for context in provider(user)]


def acting_as(request: HttpRequest) -> Context | None:
    """The context that she has chosen, else her first; None for a visitor and for one who has none."""
    if not isinstance(request.user, User):
        return None
    contexts = contexts_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    return next((c for c in contexts if c.key == chosen), contexts[0] if contexts else None)


def choose(request: HttpRequest, key: str) -> Context | None:
    """Keep the choice in the session; None, and no change, when the person does not have that context."""
    context = next((c for c in contexts_of(me(request)) if c.key == key), None)
    if context is not None:
        request.session[SESSION_KEY] = context.key
    return context


register(municipal_contexts)
