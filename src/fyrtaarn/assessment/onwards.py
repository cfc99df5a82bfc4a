"""Where an assessed application goes on: the rooms above say what can be done with it next.

@onward
def decision(user, application): yield (_("Draft the decision"), reverse("grants:decision-new", …))
"""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise

from fyrtaarn.applications.models import Application
from fyrtaarn.people.models import User

Link = tuple[str | Promise, str]
Onward = Callable[[User, Application], Iterable[Link]]
_registered: list[Onward] = []


def onward(function: Onward) -> Onward:
    """Decorator: let the function add its links, words and address, to an application's page."""
    _registered.append(function)
    return function


def of(user: User, application: Application) -> list[Link]:
    """What the person can do next with the application."""
    return [link for function in _registered for link in function(user, application)]
