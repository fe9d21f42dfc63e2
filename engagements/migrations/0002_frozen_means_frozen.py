"""The database itself refuses to change a frozen revoyure and what was said in it, a declared
state and an entered value: a correction is always a new row."""

from django.db import migrations

FROZEN = "Une revoyure gelée ne se modifie pas."
WRITTEN = "Cette ligne ne se modifie pas ; une correction est une nouvelle ligne."

# Table, events and the SQL condition, with {row} for the row at hand.
GUARDS = (
    ("engagements_revoyure", ("UPDATE", "DELETE"), "{row}.status = 'gelee'", FROZEN),
    (
        "engagements_contribution",
        ("INSERT", "UPDATE", "DELETE"),
        "EXISTS (SELECT 1 FROM engagements_revoyure "
        "WHERE id = {row}.revoyure_id AND status = 'gelee')",
        FROZEN,
    ),
    (
        "engagements_assessment",
        ("INSERT", "UPDATE", "DELETE"),
        "EXISTS (SELECT 1 FROM engagements_revoyure r JOIN engagements_contribution c "
        "ON c.revoyure_id = r.id WHERE c.id = {row}.contribution_id AND r.status = 'gelee')",
        FROZEN,
    ),
    ("engagements_statechange", ("UPDATE", "DELETE"), "TRUE", WRITTEN),
    ("engagements_measurement", ("UPDATE", "DELETE"), "TRUE", WRITTEN),
)


def _name(table, event):
    return f"{table}_kept_{event.lower()}"


def _condition(template, event):
    rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
    if "status = 'gelee'" in template and template.startswith("{row}"):
        rows = ("OLD",)
    return " OR ".join(f"({template.format(row=row)})" for row in rows)


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, events, template, refusal in GUARDS:
        for event in events:
            name = _name(table, event)
            condition = _condition(template, event)
            if not postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                    f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )
                continue
            kept = "OLD" if event == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = '23514'; "
                f"END IF; RETURN {kept}; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def backwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, events, _template, _refusal in GUARDS:
        for event in events:
            name = _name(table, event)
            schema_editor.execute(
                f"DROP FUNCTION {name}() CASCADE" if postgresql else f"DROP TRIGGER {name}"
            )


class Migration(migrations.Migration):
    dependencies = [("engagements", "0001_engagements")]
    operations = [migrations.RunPython(forwards, backwards)]
