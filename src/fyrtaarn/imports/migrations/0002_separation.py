"""Who imports sees her own imports; administrators those of their municipality: see rules.visible_runs."""

from django.db import migrations

from fyrtaarn.foundation.separation import function, separate

IMPORTS_FOR = "ANY ((SELECT reader.municipalities('{municipality_administrator,department_editor}'))::bigint[])"
ADMINISTERS = "ANY ((SELECT reader.municipalities('{municipality_administrator}'))::bigint[])"

# what others use is not taken back, also where the one who takes back may not see the use
POINTED_AT = migrations.RunSQL(
    """
    CREATE FUNCTION errand.pointed_at(of_table regclass, of_column name, wanted bigint[]) RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM pg_constraint reference
            JOIN pg_attribute field ON field.attrelid = reference.conrelid AND field.attnum = ANY (reference.conkey)
            WHERE reference.contype = 'f' AND reference.conrelid = of_table AND field.attname = of_column
        ) THEN
            RAISE EXCEPTION '% of % is no foreign key', of_column, of_table;
        END IF;
        RETURN QUERY EXECUTE format('SELECT DISTINCT %1$I FROM %2$s WHERE %1$I = ANY ($1)', of_column, of_table)
        USING wanted;
    END
    $body$;
    """,
    "DROP FUNCTION errand.pointed_at(regclass, name, bigint[]);",
)


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("people", "0005_separation")]
    operations = [
        POINTED_AT,
        separate(
            "imports_importrun",
            f"municipality_id = {ADMINISTERS} OR (by_id = (SELECT reader.id()) AND municipality_id = {IMPORTS_FOR})",
        ),
        separate("imports_importrow", "EXISTS (SELECT FROM imports_importrun run WHERE run.id = run_id)"),
        separate("imports_knownheading", f"municipality_id = {IMPORTS_FOR}"),
    ]
