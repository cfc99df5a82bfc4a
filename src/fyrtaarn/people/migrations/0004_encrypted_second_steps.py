"""The secrets of the second step are encrypted from now on, also those that are here already."""

from collections.abc import Callable

from django.db import migrations

from fyrtaarn.foundation.secrets import decrypt, encrypt


def each_secret(change: Callable[[str], str]):
    def run(apps, schema_editor):
        for row in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn").order_by("pk"):
            for name in {"secret", "seed"} & row.data.keys():
                row.data[name] = change(row.data[name])
            if "migrated_codes" in row.data:
                row.data["migrated_codes"] = [change(code) for code in row.data["migrated_codes"]]
            row.save(update_fields=["data"])

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_roles_from_providers"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunPython(each_secret(lambda text: encrypt(decrypt(text))), each_secret(decrypt))]
