"""The database itself keeps a plan within its grant, whoever writes and however many at once."""

from django.db import migrations

# deferred, so that a plan can be written anew in one transaction; the grant is held, so that two plans count each other
WITHIN_THE_GRANT = migrations.RunSQL(
    """
    CREATE FUNCTION public.plan_within_grant() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    DECLARE
        promised bigint;
        planned numeric;
    BEGIN
        SELECT oere INTO promised FROM grants_grant WHERE id = NEW.grant_id FOR NO KEY UPDATE;
        SELECT coalesce(sum(oere), 0) INTO planned
        FROM grants_instalment WHERE grant_id = NEW.grant_id AND state <> 'dropped';
        IF planned > promised THEN
            RAISE EXCEPTION 'the instalments of grant % are more than the grant', NEW.grant_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_within_grant';
        END IF;
        RETURN NULL;
    END
    $body$;
    CREATE CONSTRAINT TRIGGER plan_within_grant AFTER INSERT OR UPDATE OF oere, state, grant_id ON grants_instalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.plan_within_grant();
    """,
    """
    DROP TRIGGER plan_within_grant ON grants_instalment;
    DROP FUNCTION public.plan_within_grant();
    """,
)

# what was granted is never changed: a change after a complaint is a new decision with a new grant
GRANT_KEEPS_ITS_AMOUNT = migrations.RunSQL(
    """
    CREATE FUNCTION public.grant_keeps_its_amount() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        RAISE EXCEPTION 'the amount of a grant is not changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_keeps_its_amount';
    END
    $body$;
    CREATE TRIGGER grant_keeps_its_amount BEFORE UPDATE OF oere ON grants_grant
    FOR EACH ROW WHEN (OLD.oere <> NEW.oere) EXECUTE FUNCTION public.grant_keeps_its_amount();
    """,
    """
    DROP TRIGGER grant_keeps_its_amount ON grants_grant;
    DROP FUNCTION public.grant_keeps_its_amount();
    """,
)

CEILINGS = (("de_minimis", 300_000, "(EU) 2023/2831"), ("sgei_de_minimis", 750_000, "(EU) 2023/2832"))


def note_ceilings(apps, schema_editor):
    """The ceilings of the two regulations, in force from 1 January 2024 until the end of 2030."""
    for regime, euro, regulation in CEILINGS:
        apps.get_model("grants", "AidCeiling").objects.get_or_create(
            regime=regime,
            valid_from="2024-01-01",
            defaults={"cents": euro * 100, "valid_to": "2031-01-01", "source": f"Kommissionens forordning {regulation}"},
        )


class Migration(migrations.Migration):
    beside_previous = "The tables are new to the last release."

    dependencies = [("grants", "0002_separation")]
    operations = [
        WITHIN_THE_GRANT,
        GRANT_KEEPS_ITS_AMOUNT,
        migrations.RunPython(note_ceilings, migrations.RunPython.noop),
    ]
