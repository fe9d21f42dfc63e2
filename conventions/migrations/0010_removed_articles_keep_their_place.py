"""An article taken out of a draft remembers where it stood, to come back there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0009_newcomers_sign"),
    ]

    operations = [
        migrations.AddField(
            model_name="articlerevision",
            name="after_code",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="placé après"),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("preambule", "préambule"),
                    ("titre", "titre"),
                    ("article", "article"),
                    ("intertitre", "intertitre"),
                    ("annexe", "annexe"),
                ],
                max_length=10,
                verbose_name="nature",
            ),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="parent_code",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="contenu par"),
        ),
    ]
