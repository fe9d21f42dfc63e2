"""Give every article its stable code, and say of repealed ones that their act repeals them."""

from django.db import migrations


def forwards(apps, schema_editor):
    Article = apps.get_model("conventions", "Article")
    last: dict[int, int] = {}
    for article in Article.objects.filter(code__isnull=True).order_by("convention_id", "pk"):
        last[article.convention_id] = last.get(article.convention_id, 0) + 1
        article.code = last[article.convention_id]
        article.save(update_fields=["code"])
    versions = apps.get_model("conventions", "ArticleVersion").objects
    versions.filter(repealed=True).update(operation="abroger")
    versions.filter(repealed=False, act__number__gt=0).exclude(
        article__versions__act__number=0
    ).update(operation="ecrire")
    versions.filter(repealed=False, act__number__gt=0, article__versions__act__number=0).update(
        operation="remplacer"
    )
    acts = apps.get_model("conventions", "Act").objects
    for status in ("en_negociation", "en_signature"):
        acts.filter(number=0, status="projet", convention__status=status).update(status=status)


def backwards(apps, schema_editor):
    versions = apps.get_model("conventions", "ArticleVersion").objects
    versions.filter(operation="abroger").update(repealed=True)
    acts = apps.get_model("conventions", "Act").objects
    acts.exclude(status__in=["projet", "signe"]).update(status="projet")


class Migration(migrations.Migration):
    dependencies = [("conventions", "0003_text_through_time")]
    operations = [migrations.RunPython(forwards, backwards)]
