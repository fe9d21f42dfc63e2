"""The database refuses to change what a signed avenant wrote of an engagement or of a target.

States, and the day another act takes over, still move: they are not the words of the act.
"""

from django.db import migrations

REFUSAL = "Un acte signé ne se modifie pas ; une correction est un nouvel acte."
WORDS = {
    "engagements_engagement": (
        "number", "title", "wording", "article_id", "strength", "recurrence", "condition",
        "starts_on", "ends_on", "act_id", "effective_on", "replaces_id", "repeals",
    ),
    "engagements_target": (
        "indicator_id", "territory_id", "year", "quantity", "article_id", "act_id",
        "effective_on", "withdrawn",
    ),
}  # fmt: skip
SIGNED = "OLD.act_id IS NOT NULL AND NOT OLD.planned"


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, columns in WORDS.items():
        for event in (f"UPDATE OF {', '.join(columns)}", "DELETE"):
            name = f"{table}_signed_{event[:6].lower()}"
            if not postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                    f"WHEN {SIGNED} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
                continue
            kept = "OLD" if event == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF {SIGNED} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514'; "
                f"END IF; RETURN {kept}; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in WORDS:
        for event in ("update", "delete"):
            name = f"{table}_signed_{event}"
            schema_editor.execute(
                f"DROP FUNCTION {name}() CASCADE" if postgresql else f"DROP TRIGGER {name}"
            )


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0003_engagements_through_time"),
        ("conventions", "0005_signed_contents_are_immutable"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
