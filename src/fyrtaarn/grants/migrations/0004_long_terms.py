"""Terms are adjusted by a review once the other party has said yes; its steps are for those who see it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from fyrtaarn.foundation.separation import function, only_for

OF_CONSEQUENCE = only_for(
    "of_grants_consequence",
    "foundation_step",
    "grants.consequence",
    "EXISTS (SELECT FROM grants_consequence one WHERE one.id = subject_id)",
)

# for those who correct a rate: other municipalities' awards are not told of but for that there are some
RATE_IS_COUNTED_BY = function(
    "errand.rate_is_counted_by(rate bigint)",
    "boolean",
    "SELECT EXISTS (SELECT FROM grants_aidaward award WHERE award.rate_id = rate)",
)


class Migration(migrations.Migration):
    beside_previous = "The tables are new to the last release."

    dependencies = [
        ('agreements', '0003_more_kinds'),
        ('grants', '0003_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='consequence',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consequence',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consequence',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='longterm',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='longterm',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='longterm',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='consequence',
            name='answer',
            field=models.TextField(blank=True, verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='answered',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='consequence',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consequence',
            name='party',
            field=models.ForeignKey(default=0, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.party'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='consequence',
            name='state',
            field=models.CharField(choices=[('proposed', 'Waiting for the other party'), ('agreed', 'In force'), ('declined', 'Declined'), ('withdrawn', 'Taken back')], default='agreed', max_length=10),
        ),
        migrations.AddField(
            model_name='consequenceevent',
            name='answer',
            field=models.TextField(blank=True, verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='consequenceevent',
            name='answered',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='consequenceevent',
            name='answered_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consequenceevent',
            name='party',
            field=models.ForeignKey(db_constraint=False, default=0, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.party'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='consequenceevent',
            name='state',
            field=models.CharField(choices=[('proposed', 'Waiting for the other party'), ('agreed', 'In force'), ('declined', 'Declined'), ('withdrawn', 'Taken back')], default='agreed', max_length=10),
        ),
        migrations.AddField(
            model_name='longterm',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='grants.longterm'),
        ),
        migrations.AddField(
            model_name='longterm',
            name='since',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='grants.consequence'),
        ),
        migrations.AddField(
            model_name='longtermevent',
            name='replaces',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.longterm'),
        ),
        migrations.AddField(
            model_name='longtermevent',
            name='since',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.consequence'),
        ),
        migrations.AlterField(
            model_name='consequence',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consequences', to='agreements.review'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_consequenceevent" ("answer", "answered", "answered_by_id", "at", "by_id", "id", "outcome", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "state", "text") VALUES (NEW."answer", NEW."answered", NEW."answered_by_id", NEW."at", NEW."by_id", NEW."id", NEW."outcome", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id", NEW."state", NEW."text"); RETURN NULL;', hash='47a5e1584f3a7069b1feabfce394aa51c8a5de47', operation='INSERT', pgid='pgtrigger_insert_insert_dedaf', table='grants_consequence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "grants_consequenceevent" ("answer", "answered", "answered_by_id", "at", "by_id", "id", "outcome", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "state", "text") VALUES (NEW."answer", NEW."answered", NEW."answered_by_id", NEW."at", NEW."by_id", NEW."id", NEW."outcome", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id", NEW."state", NEW."text"); RETURN NULL;', hash='2eb6d256961271d58bab85ab99d7b40906458ebc', operation='UPDATE', pgid='pgtrigger_update_update_e60ef', table='grants_consequence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consequence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_consequenceevent" ("answer", "answered", "answered_by_id", "at", "by_id", "id", "outcome", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "state", "text") VALUES (OLD."answer", OLD."answered", OLD."answered_by_id", OLD."at", OLD."by_id", OLD."id", OLD."outcome", OLD."party_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id", OLD."state", OLD."text"); RETURN NULL;', hash='413d8d4554f7ee286f1933af5090f623f451ecc1', operation='DELETE', pgid='pgtrigger_delete_delete_a934d', table='grants_consequence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='longterm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_longtermevent" ("agreement_id", "effect", "id", "kind", "oere", "otherwise", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "since_id", "text") VALUES (NEW."agreement_id", NEW."effect", NEW."id", NEW."kind", NEW."oere", NEW."otherwise", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."since_id", NEW."text"); RETURN NULL;', hash='2422c778962e98608246519df27bd7595c74c45a', operation='INSERT', pgid='pgtrigger_insert_insert_1cbae', table='grants_longterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='longterm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "grants_longtermevent" ("agreement_id", "effect", "id", "kind", "oere", "otherwise", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "since_id", "text") VALUES (NEW."agreement_id", NEW."effect", NEW."id", NEW."kind", NEW."oere", NEW."otherwise", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."since_id", NEW."text"); RETURN NULL;', hash='681838dae5c15cad74be2f938c582fb409826253', operation='UPDATE', pgid='pgtrigger_update_update_3bd7b', table='grants_longterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='longterm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "grants_longtermevent" ("agreement_id", "effect", "id", "kind", "oere", "otherwise", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "since_id", "text") VALUES (OLD."agreement_id", OLD."effect", OLD."id", OLD."kind", OLD."oere", OLD."otherwise", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaces_id", OLD."since_id", OLD."text"); RETURN NULL;', hash='eec1f29404dc869b7f22fb9cdb48558b9478aeb2', operation='DELETE', pgid='pgtrigger_delete_delete_e738d', table='grants_longterm', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'agreed'))), fields=('review',), name='one_consequence_of_a_review'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='consequence_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'adjusted'), ('state', 'agreed'), _connector='OR'), name='only_adjusted_terms_are_proposed'),
        ),
        migrations.AddConstraint(
            model_name='longterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('since', None)), models.Q(('replaces__isnull', False), ('since__isnull', False)), _connector='OR'), name='adjusted_term_replaces_one'),
        ),
        OF_CONSEQUENCE,
        RATE_IS_COUNTED_BY,
    ]
