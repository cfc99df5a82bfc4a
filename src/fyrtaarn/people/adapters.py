"""How sign-in fits our people: no user names, mail in the person's language."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our own account rules."""
