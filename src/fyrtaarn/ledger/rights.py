"""What no process of the product may do in the books, whoever signs in."""

from fyrtaarn.foundation.logins import WRITE, withhold

from .models import Account, Book, DayTotal, Entry, Posting

withhold(Book, "DELETE")
withhold(DayTotal, *WRITE)
for kept in (Account, Entry, Posting):
    withhold(kept, "UPDATE", "DELETE")
