"""Of the versions kept of a letter, the one that left; a letter may travel by plain post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0005_convocations"),
    ]

    operations = [
        migrations.AddField(
            model_name="convocationversion",
            name="is_posted",
            field=models.BooleanField(default=False, verbose_name="celle qui est partie"),
        ),
        migrations.AlterField(
            model_name="convocationletter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("lrar", "lettre recommandée avec avis de réception"),
                    ("lre", "lettre recommandée électronique"),
                    ("recepisse", "lettre déposée contre récépissé"),
                    ("simple", "courrier ou courriel simple"),
                ],
                default="lrar",
                max_length=10,
                verbose_name="forme",
            ),
        ),
        migrations.AlterField(
            model_name="convocationversion",
            name="kept_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="gardée à"),
        ),
        migrations.AddConstraint(
            model_name="convocationversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_posted", True)),
                fields=("letter",),
                name="convocation_version_posted_once",
            ),
        ),
    ]
