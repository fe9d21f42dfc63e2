"""A correction says what was told before; no other message does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reminders", "0006_natures_of_reminders")]

    operations = [
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nature", "correction"), ("previous_on__isnull", False)),
                    models.Q(
                        models.Q(("nature", "correction"), _negated=True),
                        ("previous_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reminder_correction_says_what_was_told",
            ),
        ),
    ]
