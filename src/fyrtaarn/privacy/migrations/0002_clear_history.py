"""The one way in which kept history is changed: fields are emptied, by the owner of the tables, for named objects."""

from django.db import migrations

MAKE = r"""
CREATE FUNCTION privacy_clear_history(history regclass, objects bigint[], cleared jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    assignments text;
    changed bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = history AND attname = 'pgh_obj_id' AND NOT attisdropped
    ) THEN
        RAISE EXCEPTION '% keeps no history', history;
    END IF;
    IF EXISTS (SELECT FROM jsonb_object_keys(cleared) AS name WHERE name = 'id' OR name LIKE 'pgh\_%') THEN
        RAISE EXCEPTION 'when what changed stays as it is';
    END IF;
    SELECT string_agg(format('%I = c.%I', name, name), ', ') INTO assignments FROM jsonb_object_keys(cleared) AS name;
    EXECUTE format(
        'UPDATE %s AS h SET %s FROM jsonb_populate_record(NULL::%s, $1) AS c WHERE h.pgh_obj_id = ANY($2)',
        history, assignments, history
    ) USING cleared, objects;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;
REVOKE ALL ON FUNCTION privacy_clear_history(regclass, bigint[], jsonb) FROM PUBLIC;
"""
REMOVE = "DROP FUNCTION privacy_clear_history(regclass, bigint[], jsonb);"


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, REMOVE)]
