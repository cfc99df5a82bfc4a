"""A line of a budget is kept before its amount is written; what is sent is whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    beside_previous = "The tables are new, so no earlier version reads them."

    dependencies = [
        ('applications', '0004_separation'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='budgetline',
            name='budget_line_amount',
        ),
        migrations.AlterField(
            model_name='budgetline',
            name='oere',
            field=models.BigIntegerField(default=0, verbose_name='amount'),
        ),
        migrations.AlterField(
            model_name='budgetline',
            name='text',
            field=models.CharField(blank=True, max_length=150, verbose_name='what for'),
        ),
        migrations.AlterField(
            model_name='budgetlineevent',
            name='oere',
            field=models.BigIntegerField(default=0, verbose_name='amount'),
        ),
        migrations.AlterField(
            model_name='budgetlineevent',
            name='text',
            field=models.CharField(blank=True, max_length=150, verbose_name='what for'),
        ),
        migrations.AlterField(
            model_name='effectgoal',
            name='text',
            field=models.CharField(blank=True, max_length=200, verbose_name='what changes?'),
        ),
        migrations.AlterField(
            model_name='effectgoalevent',
            name='text',
            field=models.CharField(blank=True, max_length=200, verbose_name='what changes?'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('oere__gte', 0)), name='budget_line_amount'),
        ),
    ]
