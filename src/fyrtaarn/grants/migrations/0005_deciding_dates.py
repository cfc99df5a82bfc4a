"""When a decision was proposed, a complaint is to be answered, and state aid counts no more; and who decides."""

import fyrtaarn.grants.models.decisions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from fyrtaarn.foundation.separation import function, replaced

AID = """
    SELECT regime, cvr, day, cents{more} FROM grants_aidaward
    WHERE cvr = ANY (undertaking) AND (reader.is_worker() OR cardinality(reader.employed_in()) > 0)
    ORDER BY day, id
    """

# as before, and from when an award counts no more
AID_OF = replaced(
    function(
        "errand.aid_of(undertaking text[])",
        "TABLE (regime text, cvr text, day date, cents bigint)",
        AID.format(more=""),
    ),
    function(
        "errand.aid_of(undertaking text[])",
        "TABLE (regime text, cvr text, day date, cents bigint, ended date)",
        AID.format(more=", ended"),
    ),
)

# the pools that a person decides on today; asked of whoever signs in, when she is read
POOLS_TO_DECIDE = function(
    "errand.pools_to_decide(person bigint)",
    "bigint[]",
    """
    SELECT coalesce(array_agg(DISTINCT pool_id), '{}') FROM pools_poolduty
    WHERE user_id = person AND duty = 'decider' AND starts <= reader.today() AND (ends IS NULL OR ends > reader.today())
    """,
)


class Migration(migrations.Migration):
    beside_previous = "All tables and functions here are new to the last release."

    dependencies = [
        ('areas', '0002_contact'),
        ('grants', '0004_long_terms'),
        ('organisations', '0005_ambassador_separation'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='aidaward',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='aidaward',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='aidaward',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='complaint',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='complaint',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='complaint',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decision',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decision',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='decision',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='aidaward',
            name='ended',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='aidaward',
            name='ended_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='aidawardevent',
            name='ended',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='aidawardevent',
            name='ended_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='complaint',
            name='due',
            field=models.DateField(default=fyrtaarn.grants.models.decisions.answer_by),
        ),
        migrations.AddField(
            model_name='complaintevent',
            name='due',
            field=models.DateField(default=fyrtaarn.grants.models.decisions.answer_by),
        ),
        migrations.AddField(
            model_name='decision',
            name='proposed',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='proposed',
            field=models.DateTimeField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidaward',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_aidawardevent" ("cents", "cvr", "day", "ended", "ended_because", "grant_id", "id", "municipality_id", "oere", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_id", "regime") VALUES (NEW."cents", NEW."cvr", NEW."day", NEW."ended", NEW."ended_because", NEW."grant_id", NEW."id", NEW."municipality_id", NEW."oere", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate_id", NEW."regime"); RETURN NULL;', hash='b894df003a4e2124e0d50791e8f9ac6dd607bf18', operation='INSERT', pgid='pgtrigger_insert_insert_5f03f', table='grants_aidaward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidaward',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "grants_aidawardevent" ("cents", "cvr", "day", "ended", "ended_because", "grant_id", "id", "municipality_id", "oere", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_id", "regime") VALUES (NEW."cents", NEW."cvr", NEW."day", NEW."ended", NEW."ended_because", NEW."grant_id", NEW."id", NEW."municipality_id", NEW."oere", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate_id", NEW."regime"); RETURN NULL;', hash='ffb1284d5fb0d9e7a55465d3f0fb3f8cef7c1588', operation='UPDATE', pgid='pgtrigger_update_update_3a9f9', table='grants_aidaward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidaward',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_aidawardevent" ("cents", "cvr", "day", "ended", "ended_because", "grant_id", "id", "municipality_id", "oere", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_id", "regime") VALUES (OLD."cents", OLD."cvr", OLD."day", OLD."ended", OLD."ended_because", OLD."grant_id", OLD."id", OLD."municipality_id", OLD."oere", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rate_id", OLD."regime"); RETURN NULL;', hash='1419ee068204bae8464e3405f486b15ce289225a', operation='DELETE', pgid='pgtrigger_delete_delete_e4c9b', table='grants_aidaward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complaint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_complaintevent" ("answer", "answered", "answered_by_id", "at", "by_id", "decision_id", "due", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (NEW."answer", NEW."answered", NEW."answered_by_id", NEW."at", NEW."by_id", NEW."decision_id", NEW."due", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."text"); RETURN NULL;', hash='ec9b90dbffbb0f402d36ceab5eb1267d28b0d9c1', operation='INSERT', pgid='pgtrigger_insert_insert_f0cd3', table='grants_complaint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complaint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "grants_complaintevent" ("answer", "answered", "answered_by_id", "at", "by_id", "decision_id", "due", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (NEW."answer", NEW."answered", NEW."answered_by_id", NEW."at", NEW."by_id", NEW."decision_id", NEW."due", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."text"); RETURN NULL;', hash='7f6ccb405f9f4d5431e7ee978a34027bba39d31f', operation='UPDATE', pgid='pgtrigger_update_update_38c99', table='grants_complaint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='complaint',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_complaintevent" ("answer", "answered", "answered_by_id", "at", "by_id", "decision_id", "due", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") VALUES (OLD."answer", OLD."answered", OLD."answered_by_id", OLD."at", OLD."by_id", OLD."decision_id", OLD."due", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."text"); RETURN NULL;', hash='a36cc4168dfac389daa6ab584ccf116c23dfaf99', operation='DELETE', pgid='pgtrigger_delete_delete_c17a7', table='grants_complaint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_decisionevent" ("application_id", "conditions", "decided", "drafted", "drafted_by_id", "id", "letter_id", "oere", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "reasons", "second_needed", "state", "version") VALUES (NEW."application_id", NEW."conditions", NEW."decided", NEW."drafted", NEW."drafted_by_id", NEW."id", NEW."letter_id", NEW."oere", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed", NEW."reasons", NEW."second_needed", NEW."state", NEW."version"); RETURN NULL;', hash='32354fd3a1bb8b599914ce2d90146b33162c34b1', operation='INSERT', pgid='pgtrigger_insert_insert_9728d', table='grants_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "grants_decisionevent" ("application_id", "conditions", "decided", "drafted", "drafted_by_id", "id", "letter_id", "oere", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "reasons", "second_needed", "state", "version") VALUES (NEW."application_id", NEW."conditions", NEW."decided", NEW."drafted", NEW."drafted_by_id", NEW."id", NEW."letter_id", NEW."oere", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed", NEW."reasons", NEW."second_needed", NEW."state", NEW."version"); RETURN NULL;', hash='4e377d630e8740da5c62b61214047340780fd1da', operation='UPDATE', pgid='pgtrigger_update_update_de108', table='grants_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_decisionevent" ("application_id", "conditions", "decided", "drafted", "drafted_by_id", "id", "letter_id", "oere", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "reasons", "second_needed", "state", "version") VALUES (OLD."application_id", OLD."conditions", OLD."decided", OLD."drafted", OLD."drafted_by_id", OLD."id", OLD."letter_id", OLD."oere", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed", OLD."reasons", OLD."second_needed", OLD."state", OLD."version"); RETURN NULL;', hash='ffd13cba08c4761c2c5d084297668c41423ddff5', operation='DELETE', pgid='pgtrigger_delete_delete_ce7ab', table='grants_decision', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='aidaward',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended', None), ('ended_because', '')), models.Q(('ended__gte', models.F('day')), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='aid_award_ends_for_a_reason'),
        ),
        AID_OF,
        POOLS_TO_DECIDE,
    ]
