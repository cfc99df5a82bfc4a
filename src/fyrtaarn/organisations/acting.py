"""A person in an organisation's team may act for it: one hat for each organisation, read with the person."""

from django.db.models import OuterRef

from fyrtaarn.foundation.sorting import danish_key
from fyrtaarn.people.acting import Context, register
from fyrtaarn.people.models import User
from fyrtaarn.people.reading import read_with_person

from .models import MEMBERSHIPS, Membership
from .rules import memberships_of


def organisation_contexts(user: User) -> list[Context]:
    """One context for each organisation whose team she is in today."""
    organisations = [membership.organisation for membership in memberships_of(user)]
    return [
        Context(f"organisation:{o.pk}", o.name, f"/organisationer/{o.slug}/", o.home)
        for o in sorted(organisations, key=lambda o: danish_key(o.name))
    ]


register(organisation_contexts)
read_with_person("read_memberships", lambda: MEMBERSHIPS.of(Membership.objects.current().filter(user=OuterRef("pk"))))
