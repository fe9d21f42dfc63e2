import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territories", "0001_territories")]

    operations = [
        migrations.AddField(
            model_name="sourcefile",
            name="stated_on",
            field=models.DateField(
                default=datetime.date(2025, 1, 1), verbose_name="décrit l’état au"
            ),
            preserve_default=False,
        ),
    ]
