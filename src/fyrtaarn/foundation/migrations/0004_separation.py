"""Who reads, and what each may see of notices, mail, steps and files."""

from django.db import migrations

from fyrtaarn.foundation.separation import function, separate

SCHEMAS = migrations.RunSQL(
    "CREATE SCHEMA reader; CREATE SCHEMA errand; CREATE SCHEMA worker;",
    "DROP SCHEMA worker; DROP SCHEMA errand; DROP SCHEMA reader;",
)

# not SECURITY DEFINER: the planner puts their short text where they are called
READER = migrations.RunSQL(
    """
    CREATE FUNCTION reader.id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('fyrtaarn.reader', true), '')::bigint $$;
    CREATE FUNCTION reader.letter() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('fyrtaarn.letter', true), '') $$;
    CREATE FUNCTION reader.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT (now() AT TIME ZONE 'Europe/Copenhagen')::date $$;
    CREATE FUNCTION reader.is_worker() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT has_schema_privilege('worker', 'USAGE') $$;
    """,
    """
    DROP FUNCTION reader.is_worker();
    DROP FUNCTION reader.today();
    DROP FUNCTION reader.letter();
    DROP FUNCTION reader.id();
    """,
)

# who tells the same thing at this moment waits for our transaction to end, and then finds that it has been told
TELL = function(
    "errand.tell(told_kind text, told_once text, usual text, people bigint[], page text, words jsonb, moment timestamptz)",
    "TABLE (notice bigint, person bigint, rhythm text)",
    """
    SELECT pg_advisory_xact_lock(hashtextextended('notice ' || told_kind || ' ' || told_once, 0))
    WHERE told_once IS NOT NULL;

    WITH rhythms AS (
        SELECT one.person, one.place, coalesce(chosen.rhythm, usual) AS rhythm
        FROM unnest(people) WITH ORDINALITY AS one (person, place)
        LEFT JOIN foundation_noticechoice chosen ON chosen.user_id = one.person AND chosen.kind = told_kind
    ), told AS (
        INSERT INTO foundation_notice (recipient_id, kind, params, path, once, created, mail_due)
        SELECT one.person, told_kind, words, page, told_once, moment, one.rhythm IN ('daily', 'weekly')
        FROM rhythms one
        WHERE told_once IS NULL OR NOT EXISTS (
            SELECT FROM foundation_notice n
            WHERE n.recipient_id = one.person AND n.kind = told_kind AND n.once = told_once
        )
        ORDER BY one.place
        RETURNING id, recipient_id
    )
    SELECT told.id, told.recipient_id, rhythms.rhythm
    FROM told JOIN rhythms ON rhythms.person = told.recipient_id
    ORDER BY told.id
    """,
    volatile=True,
)

MAIL_NOTICES = function(
    "errand.mail_notices(notices bigint[], addresses text[], titles text[], texts text[], moment timestamptz)",
    "void",
    """
    WITH one AS (
        SELECT * FROM unnest(notices, addresses, titles, texts) AS one (notice, address, title, text)
    ), written AS (
        INSERT INTO foundation_outgoingmail (key, recipient, subject, text, created, due, attempts, last_error)
        SELECT 'notice-' || notice, address, title, text, moment, moment, 0, '' FROM one
        RETURNING id, key
    )
    UPDATE foundation_notice SET mail_id = written.id
    FROM one JOIN written ON written.key = 'notice-' || one.notice
    WHERE foundation_notice.id = one.notice
    """,
    volatile=True,
)

WRITE_MAIL = function(
    "errand.write_mail(mail_key text, address text, title text, body text, moment timestamptz)",
    "bigint",
    """
    INSERT INTO foundation_outgoingmail (key, recipient, subject, text, created, due, attempts, last_error)
    VALUES (mail_key, address, title, body, moment, moment, 0, '')
    ON CONFLICT (key) DO NOTHING
    RETURNING id
    """,
    volatile=True,
)

# read together with the person, before it is known that it is she who reads
COUNT_UNREAD = function(
    "errand.count_unread(person bigint, kinds text[])",
    "bigint",
    "SELECT count(*) FROM foundation_notice WHERE recipient_id = person AND read IS NULL AND kind = ANY (kinds)",
)

# who is overtaken by another editor is told by whom; the rest of a change's circumstances is not for her
CHANGED_BY = function(
    "errand.changed_by(context uuid)",
    "bigint",
    "SELECT (metadata ->> 'user')::bigint FROM pghistory_context WHERE id = context",
)

# for monitoring, which is told how much waits and nothing of what
COUNT_MAIL = function(
    "errand.count_mail(handed_over_before timestamptz)",
    "TABLE (waiting bigint, undelivered bigint)",
    """
    SELECT count(*) FILTER (WHERE claimed IS NULL), count(*) FILTER (WHERE claimed < handed_over_before)
    FROM foundation_outgoingmail WHERE sent IS NULL
    """,
)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_shared_value"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [
        SCHEMAS,
        READER,
        TELL,
        MAIL_NOTICES,
        WRITE_MAIL,
        COUNT_UNREAD,
        CHANGED_BY,
        COUNT_MAIL,
        separate("foundation_notice", "recipient_id = (SELECT reader.id())"),
        separate("foundation_noticechoice", "user_id = (SELECT reader.id())"),
        separate("foundation_outgoingmail", "false"),
        separate("foundation_step", "true"),
        separate("foundation_storedfile", "true"),
    ]
