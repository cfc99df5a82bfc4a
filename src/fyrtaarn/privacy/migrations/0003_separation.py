"""Copies and wishes to be erased are their person's alone; how much is held on her, she can count everywhere."""

from django.db import migrations

from fyrtaarn.foundation.separation import only_for, separate

# also of matters to which she is no party any more: what she has written there is held on her
COUNT_HELD = migrations.RunSQL(
    """
    CREATE FUNCTION errand.count_held(
        of_table regclass, person bigint, columns text[], address_columns text[], addresses text[]
    ) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    DECLARE
        conditions text;
        found bigint;
    BEGIN
        IF person IS DISTINCT FROM reader.id() AND NOT has_schema_privilege(session_user, 'worker', 'USAGE') THEN
            RAISE EXCEPTION 'each counts what is held on herself';
        END IF;
        SELECT string_agg(condition, ' OR ') INTO conditions FROM (
            SELECT format('%I = $1', one) AS condition FROM unnest(columns) AS one
            UNION ALL
            SELECT format('lower(%I) = ANY ($2)', one) FROM unnest(address_columns) AS one
        ) AS each;
        EXECUTE format('SELECT count(*) FROM %s WHERE %s', of_table, coalesce(conditions, 'false'))
        INTO found USING person, addresses;
        RETURN found;
    END
    $body$;
    """,
    "DROP FUNCTION errand.count_held(regclass, bigint, text[], text[], text[]);",
)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_clear_history"), ("foundation", "0004_separation")]
    operations = [
        COUNT_HELD,
        separate("privacy_copy", "person_id = (SELECT reader.id())"),
        separate("privacy_erasure", "person_id = (SELECT reader.id())"),
        only_for("of_copy", "foundation_step", "privacy.copy", "by_id = (SELECT reader.id())"),
        only_for("of_erasure", "foundation_step", "privacy.erasure", "by_id = (SELECT reader.id())"),
    ]
