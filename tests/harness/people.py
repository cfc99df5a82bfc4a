"""Small makers of what most tests need: a municipality, a department, people with roles, organisations."""

from collections.abc import Callable
from functools import cache
from itertools import count

import pytest

from fyrtaarn.foundation.slugs import danish_slug

NUMBER = count(1)
type_maker = Callable[..., object]


def make_kolding() -> object:
    """Kolding with its portal open."""
    from fyrtaarn.areas.models import Municipality

    return Municipality.objects.update_or_create(
        code="0621",
        defaults={
            "name": "Kolding",
            "slug": "kolding",
            "region_code": "DK-83",
            "region": "Region Syddanmark",
            "open": True,
        },
    )[0]


def make_koebenhavn() -> object:
    """Copenhagen with its portal open."""
    from fyrtaarn.areas.models import Municipality

    return Municipality.objects.update_or_create(
        code="0101",
        defaults={
            "name": "København",
            "name_en": "Copenhagen",
            "slug": "koebenhavn",
            "region_code": "DK-84",
            "region": "Region Hovedstaden",
            "open": True,
        },
    )[0]


@pytest.fixture
def kolding(db: None) -> object:
    return make_kolding()


@pytest.fixture
def koebenhavn(db: None) -> object:
    return make_koebenhavn()


@cache
def hashed() -> str:
    """The password of all test people, hashed once, for hashing is slow on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password("en lang og god sætning")


def make_user(name: str = "Test Testesen", **fields: object) -> object:
    """A person with a confirmed e-mail address; the password is `en lang og god sætning`."""
    from allauth.account.models import EmailAddress

    from fyrtaarn.people.models import User

    email = str(fields.pop("email", f"{danish_slug(name)}-{next(NUMBER)}@example.dk"))
    user = User.objects.create(email=email, password=hashed(), name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_department(municipality: object, name: str = "Socialforvaltningen") -> object:
    """A department that exists today."""
    from fyrtaarn.areas.models import Department

    return Department.objects.update_or_create(
        municipality=municipality, slug=danish_slug(name), defaults={"name": name}
    )[0]


def make_employee(municipality: object, kind: str, department: object | None = None, **fields: object) -> object:
    """A person with one municipal role from today on."""
    from fyrtaarn.people.models import Role

    user = make_user(**fields)
    Role.objects.create(user=user, kind=kind, municipality=municipality, department=department)
    return user


def make_organisation(
    home: object, name: str = "Eksempelværkstedet", *, owner: object | None = None, **fields: object
) -> object:
    """A social enterprise at home in a municipality, with an owner if one is given."""
    from fyrtaarn.organisations.models import Membership, Organisation

    fields = {"kind": "social_enterprise", **fields}
    organisation = Organisation.objects.create(
        name=name, slug=f"{danish_slug(name)}-{next(NUMBER)}", home=home, **fields
    )
    if owner is not None:
        Membership.objects.create(user=owner, organisation=organisation, kind="owner")
    return organisation
