"""The town in which the storm rages: run once as a process on a prepared database (`python -m tests.trust.town`)."""

DEPARTMENTS = 4
KITCHENS = 10
CHALLENGES = 6


def employee(number: int) -> str:
    """The address with which an employee signs in."""
    return f"medarbejder{number}@example.dk"


def owner(number: int) -> str:
    """The address with which an enterprise's owner signs in."""
    return f"ejer{number}@example.dk"


def build() -> None:
    from fyrtaarn.areas.models import Municipality
    from tests.harness.people import make_department, make_employee, make_organisation, make_user
    from tests.portal.conftest import make_challenge, make_solution

    kolding = Municipality.objects.get(slug="kolding")
    Municipality.objects.filter(pk=kolding.pk).update(open=True)
    for number in range(DEPARTMENTS):
        department = make_department(kolding, f"Forvaltning {number}")
        editor = make_employee(
            kolding, "department_editor", department, name=f"Medarbejder {number}", email=employee(number)
        )
        for own in range(CHALLENGES):
            make_challenge(
                editor,
                kolding,
                published=True,
                title=f"Udfordring {number}-{own}",
                department=department,
                contact=editor,
            )
    for number in range(KITCHENS):
        cook = make_user(f"Ejer {number}", email=owner(number))
        kitchen = make_organisation(kolding, f"Køkken {number}", owner=cook, for_whom="Ældre i byen")
        make_solution(cook, kitchen, published=True, title=f"Løsning {number}")


if __name__ == "__main__":
    from fyrtaarn.config.commands import setup_django

    setup_django()
    build()
