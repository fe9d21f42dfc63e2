"""Of the versions kept of a letter, the one that left; a letter may travel by plain post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0012_follow_up_is_guarded"),
    ]

    operations = [
        migrations.AddField(
            model_name="letterversion",
            name="is_posted",
            field=models.BooleanField(default=False, verbose_name="celle qui est partie"),
        ),
        migrations.AlterField(
            model_name="letterversion",
            name="kept_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="gardée à"),
        ),
        migrations.AlterField(
            model_name="registeredletter",
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
        migrations.AddConstraint(
            model_name="letterversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_posted", True)),
                fields=("letter",),
                name="letter_version_posted_once",
            ),
        ),
    ]
