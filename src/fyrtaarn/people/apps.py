from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "fyrtaarn.people"
    label = "people"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from fyrtaarn.areas.actions import when_department_ends
        from fyrtaarn.areas.administration import Tile, register

        from . import journal, notices, personal, providers, sessions  # noqa: F401 - each registers what it declares
        from .actions import end_roles_with_department

        providers.check()
        user_logged_in.connect(providers.note_claims, dispatch_uid="people.providers")
        when_department_ends.append(end_roles_with_department)
        register(
            Tile(
                _("Roles and invitations"),
                _("Who does what for the municipality. Invite colleagues."),
                "people:roles",
                0,
            )
        )
