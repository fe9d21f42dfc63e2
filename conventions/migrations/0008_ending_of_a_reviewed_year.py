"""A way out that follows a disagreement names the reviewed year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0007_powers_and_accords"),
    ]

    operations = [
        migrations.AddField(
            model_name="termination",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="année de la revoyure"
            ),
        ),
    ]
