"""An article saved while it is written: answers in JSON to `static/js/editor-autosave.js`."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.rules.typographie import heure
from conventions.actions.revisions import ConflictError, Words, Written, words_of, write_words
from conventions.forms.text import AutosaveForm
from conventions.models import ArticleVersion, Convention
from conventions.models.consolidated import draft_text
from conventions.rules.ecriture import to_html
from conventions.views.writing import writing

MEETING = (
    "Une autre personne a changé les mêmes mots. Votre texte est gardé sur cet appareil : "
    "enregistrez-le pour comparer les deux rédactions."
)


@require_POST
@writing("texte")
def article_autosave(
    request: HttpRequest, convention: Convention, today: date, article_pk: int
) -> JsonResponse:
    version = get_object_or_404(convention.acts.get(number=0).article_versions, article=article_pk)
    return autosaved(request, version, today)


def autosaved(request: HttpRequest, version: ArticleVersion, today: date) -> JsonResponse:
    """Save what the editor sent of a wording, whatever act it belongs to, and tell it so."""
    form = AutosaveForm(request.POST)
    if not form.is_valid():
        sentences = [message for errors in form.errors.values() for message in errors]
        return _not_saved(" ".join(sentences))
    words = {"base": form.base, "mine": form.mine}
    try:
        written = write_words(version, by=request.user, on=today, autosave=True, **words)
    except ConflictError:
        return _not_saved(MEETING, stop=True)
    except ValidationError as error:
        return _not_saved(" ".join(error.messages), stop=True)
    return _saved(written, sent=form.mine)


def _not_saved(message: str, *, stop: bool = False) -> JsonResponse:
    return JsonResponse({"saved": False, "stop": stop, "message": message})


def _saved(written: Written, *, sent: Words) -> JsonResponse:
    stored = words_of(written.version)
    message = f"Enregistré à {heure(timezone.localtime())}"
    if written.merged_with:
        message += f", fusionné avec ce que {written.merged_with} vient d’écrire"
    answer = {
        "saved": True,
        "message": f"{message}.",
        "sent": vars(sent),
        "stored": vars(stored),
        "merged_with": written.merged_with,
    }
    if written.merged_with:
        labels = {a.code: a.label for a in draft_text(written.version.act, with_body=False)}
        answer["html"] = to_html(stored.body, labels.get)
    return JsonResponse(answer)
