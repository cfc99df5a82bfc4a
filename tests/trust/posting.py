"""Eight who post at once, while the database is killed without warning again and again; who was told "done" notes it.

Run as a process of its own on the installation's addresses: posts `entries` in all, and writes each key to standard
output as soon as it is acknowledged.
"""

import sys
import threading
import time
from itertools import count
from random import Random
from uuid import UUID

from fyrtaarn.config.commands import setup_django
from fyrtaarn.config.database import Login

THREADS = 8
BOOKS = 4
WAIT = 0.2


def main(entries: int, seed: int) -> None:
    setup_django(Login.WORKER)
    from django.db import Error, connections

    from fyrtaarn.ledger import actions, movements
    from fyrtaarn.ledger.models import Book, Reason
    from fyrtaarn.ledger.rules import NotEnough

    numbers, said = count(), threading.Lock()
    books = list(Book.objects.order_by("pk"))
    kinds = {
        Reason.CONTRIBUTION_DECIDED: lambda amount: movements.contribution_decided("giver", amount),
        Reason.CONTRIBUTION_PAID: lambda amount: movements.contribution_paid("giver", amount),
        Reason.GRANTED: lambda amount: movements.granted("grant", amount),
        Reason.GRANT_CLOSED: lambda amount: movements.grant_closed("grant", amount),
    }

    def work(number: int) -> None:
        chance = Random(f"{seed} {number}")
        while next(numbers) < entries:
            key, book = UUID(int=chance.getrandbits(128), version=4), chance.choice(books)
            reason, amount = chance.choice(list(kinds)), chance.randint(1, 100)
            while True:
                try:
                    actions.post(book, kinds[reason](amount), reason=reason, text="Storm", by=None, key=key)
                except NotEnough:  # so somebody gives first, under the same key: what was refused is not there
                    reason = Reason.CONTRIBUTION_DECIDED
                except Error:  # killed: nobody knows whether it is there, so the same is sent again
                    connections.close_all()
                    time.sleep(WAIT)
                else:
                    break
            with said:
                print(key, flush=True)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def prepare() -> None:
    """The books of the storm, in a database that has just been made."""
    setup_django(Login.OWNER)
    from fyrtaarn.areas.models import Municipality
    from fyrtaarn.ledger import actions
    from tests.harness.people import make_organisation

    home = Municipality.objects.order_by("pk").first()
    assert home is not None
    organisation = make_organisation(home)
    for number in range(BOOKS):
        book = actions.open_book(home, f"Puljen {number}")
        actions.open_contributor(book, "giver", "Giver")
        actions.open_grant(book, "grant", "Bevilling", organisation)  # type: ignore[arg-type]


if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        prepare()
    else:
        main(int(sys.argv[1]), int(sys.argv[2]))
