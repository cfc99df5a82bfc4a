import django.db.models.deletion
import fyrtaarn.foundation.clock
from django.db import migrations, models


from fyrtaarn.foundation.separation import separate


class Migration(migrations.Migration):
    beside_previous = "The table is new, and the last release does not know it."

    initial = True

    dependencies = [
        ('foundation', '0006_answers_by_mail'),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('taken', models.DateTimeField(default=fyrtaarn.foundation.clock.now)),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.outgoingmail')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('mail', 'digest'), name='answer_taken_once')],
            },
        ),
        separate("replies_takenanswer", "false"),
    ]
