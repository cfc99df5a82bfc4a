"""What else belongs to an agreement: the rooms above say where its parties find it.

@onward
def grant(user, agreement): yield (_("The grant"), path_of(agreement.grant))
"""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise

from fyrtaarn.people.models import User

from .models import Agreement

Link = tuple[str | Promise, str]
Onward = Callable[[User, Agreement], Iterable[Link]]
_registered: list[Onward] = []


def onward(function: Onward) -> Onward:
    """Decorator: let the function add its links, words and address, to an agreement's page."""
    _registered.append(function)
    return function


def of(user: User, agreement: Agreement) -> list[Link]:
    """Where the person goes on from an agreement to which she is a party."""
    return [link for function in _registered for link in function(user, agreement)]
