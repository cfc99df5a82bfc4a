"""Two people doing something at the same moment, each on a connection of her own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all acts at the same moment in threads; gives what each returned, or the exception that it raised.

    Use with `django_db(transaction=True)`.
    """
    from django.db import connections

    start = Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=20)
            outcomes[number] = act()
        except Exception as fault:  # noqa: BLE001 - the test judges what went wrong
            outcomes[number] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes
