"""Auditors read a municipality's books, and work for somebody else."""

from importlib import import_module

from django.db import migrations, models

from fyrtaarn.foundation.separation import function

earlier = import_module("fyrtaarn.people.migrations.0005_separation").EMPLOYED_IN
later = function(
    "reader.employed_in()",
    "bigint[]",
    """
    SELECT coalesce(array_agg(DISTINCT municipality_id), '{}') FROM people_role
    WHERE user_id = reader.id() AND kind NOT IN ('council_member', 'reader', 'auditor')
    AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
    """,
)
CREATE, IN_ITS_PLACE = "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"  # policies stand on it, so it cannot go first
EMPLOYED_IN = migrations.RunSQL(
    later.sql.replace(CREATE, IN_ITS_PLACE), earlier.sql.replace(CREATE, IN_ITS_PLACE)
)


class Migration(migrations.Migration):
    beside_previous = "The last release gives nobody the new role, and the function says the same of all others."

    dependencies = [
        ('people', '0008_data_officer'),
    ]

    operations = [
        EMPLOYED_IN,
        migrations.AlterField(
            model_name='invitation',
            name='kind',
            field=models.CharField(choices=[('municipality_administrator', 'Municipality administrator'), ('department_editor', 'Department editor'), ('contact_person', 'Contact person'), ('department_lead', 'Department lead'), ('community_manager', 'Community manager'), ('buyer', 'Buyer'), ('fund_manager', 'Fund manager'), ('caseworker', 'Caseworker'), ('council_secretary', 'Council secretary'), ('council_member', 'Council member'), ('reader', 'Reader'), ('data_officer', 'Data officer'), ('auditor', 'Auditor')], max_length=30, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='invitationevent',
            name='kind',
            field=models.CharField(choices=[('municipality_administrator', 'Municipality administrator'), ('department_editor', 'Department editor'), ('contact_person', 'Contact person'), ('department_lead', 'Department lead'), ('community_manager', 'Community manager'), ('buyer', 'Buyer'), ('fund_manager', 'Fund manager'), ('caseworker', 'Caseworker'), ('council_secretary', 'Council secretary'), ('council_member', 'Council member'), ('reader', 'Reader'), ('data_officer', 'Data officer'), ('auditor', 'Auditor')], max_length=30, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='role',
            name='kind',
            field=models.CharField(choices=[('municipality_administrator', 'Municipality administrator'), ('department_editor', 'Department editor'), ('contact_person', 'Contact person'), ('department_lead', 'Department lead'), ('community_manager', 'Community manager'), ('buyer', 'Buyer'), ('fund_manager', 'Fund manager'), ('caseworker', 'Caseworker'), ('council_secretary', 'Council secretary'), ('council_member', 'Council member'), ('reader', 'Reader'), ('data_officer', 'Data officer'), ('auditor', 'Auditor')], max_length=30, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='roleevent',
            name='kind',
            field=models.CharField(choices=[('municipality_administrator', 'Municipality administrator'), ('department_editor', 'Department editor'), ('contact_person', 'Contact person'), ('department_lead', 'Department lead'), ('community_manager', 'Community manager'), ('buyer', 'Buyer'), ('fund_manager', 'Fund manager'), ('caseworker', 'Caseworker'), ('council_secretary', 'Council secretary'), ('council_member', 'Council member'), ('reader', 'Reader'), ('data_officer', 'Data officer'), ('auditor', 'Auditor')], max_length=30, verbose_name='role'),
        ),
    ]
