"""The library of clauses: begin a text, insert a clause, fill what is asked, see the deviations."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules.roles import Capability
from conventions.access import capabilities_in, get_act_or_404
from conventions.actions.canevas import (
    fill_variables,
    insert_clause,
    prefilled,
    start_from_canevas,
)
from conventions.actions.draft import CLOSED_ACT
from conventions.forms.canevas import InsertForm, Readings, StartForm, VariablesForm
from conventions.models import Act, Canevas, CanevasClause, Convention
from conventions.models.canevas_gaps import deviations_of, offered
from conventions.models.consolidated import draft_text, text_of
from conventions.rules.canevas import speaks_of, terms_in_words, variables_of
from conventions.rules.canevas_ecarts import Ecart
from conventions.rules.comparaison import compare_bodies
from conventions.rules.ecriture import references_of
from conventions.rules.texte import blocks
from conventions.views.writing import carried_out, show, writing

LONGEST_SEARCH = 100


def _act(convention: Convention) -> Act:
    return convention.acts.select_related("canevas").get(number=0)


def _written(request: HttpRequest, convention: Convention, *, on: date) -> Act:
    """The act in which one would insert: `?acte=2` for an avenant, else the initial one."""
    number = request.GET.get("acte", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    return get_act_or_404(request.user, convention, wanted, on=on)


def _page_of(act: Act) -> str:
    """Where one reads what was just inserted."""
    pk = act.convention_id
    if act.number == 0:
        return reverse("conventions:articles", args=[pk])
    return f"{reverse('conventions:canevas', args=[pk])}?acte={act.number}"


def _models(act: Act, *, on: date) -> list[Canevas]:
    """The models offered today for this kind of agreement first, then the others."""
    models = list(offered(on=on))
    if act.canevas and act.canevas not in models:
        models.insert(0, act.canevas)
    return sorted(models, key=lambda m: (m != act.canevas, m.kind != act.convention.kind, m.title))


def _chosen(request: HttpRequest, models: list[Canevas]) -> Canevas | None:
    wanted = request.GET.get("canevas", "")
    return next((m for m in models if str(m.pk) == wanted), models[0] if models else None)


def _rows(clauses: Iterable[CanevasClause], readings: Readings, laid: set[int], q: str) -> list:
    """Return the clauses that speak of `q`, each laid out for reading."""
    rows = []
    for clause in clauses:
        others = (f"{other.get('label', '')} {other['body']}" for other in clause.alternatives)
        words = "\n".join((clause.heading, clause.body, clause.guidance, clause.topic, *others))
        if speaks_of(readings.read(words), q):
            rows.append(_row(clause, readings, clause.pk in laid))
    return rows


def _row(clause: CanevasClause, readings: Readings, is_laid: bool) -> dict:
    return {
        "clause": clause,
        "heading": readings.read(clause.heading),
        "blocks": blocks(readings.read(clause.body)),
        "is_laid": is_laid,
        "data": terms_in_words(clause.terms) if clause.terms else "",
        "others": [
            {
                "label": other.get("label", ""),
                "guidance": other.get("guidance", ""),
                "blocks": blocks(readings.read(other["body"])),
            }
            for other in clause.alternatives
        ],
    }


@require_safe
@writing("texte", capability=Capability.READ)
def canevas(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    """Browse and search the clauses of a model, with the advice and the other wordings of each."""
    act, written = _act(convention), _written(request, convention, on=today)
    models = _models(act, on=today)
    chosen = _chosen(request, models)
    q = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    clauses = list(chosen.clauses.all()) if chosen else []
    laid = set(convention.articles.filter(origin__in=clauses).values_list("origin_id", flat=True))
    is_empty = not act.article_versions.exists()
    may_write = Capability.MANAGE in capabilities_in(request.user, convention, on=today)
    context = {
        "act": act,
        "written": written,
        "models": models,
        "chosen": chosen,
        "q": q,
        "total": len(clauses),
        "rows": _rows(clauses, Readings(chosen, clauses), laid, q) if chosen else [],
        "is_writable": written.is_writable and may_write,
        "may_start": is_empty
        and act.is_writable
        and chosen is not None
        and chosen.kind == convention.kind,
    }
    return show(request, "conventions/canevas.html", convention, today, tab="texte", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def canevas_start(
    request: HttpRequest, convention: Convention, today: date, canevas_pk: int
) -> HttpResponse:
    act = _act(convention)
    model = get_object_or_404(offered(on=today), pk=canevas_pk)
    form = StartForm(request.POST or None, canevas=model, initial=prefilled(act, model))
    if carried_out(
        request,
        form,
        lambda: start_from_canevas(
            act, model, by=request.user, on=today, choices=form.choices(), values=form.values
        ),
        convention,
        done="Le texte est posé. Relisez chaque article, puis confirmez les clauses.",
    ):
        return redirect("conventions:articles", pk=convention.pk)
    context = {"form": form, "model": model, "is_empty": not act.article_versions.exists()}
    template = "conventions/canevas_start.html"
    return show(request, template, convention, today, tab="texte", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte")
def canevas_insert(
    request: HttpRequest, convention: Convention, today: date, number: int, clause_pk: int
) -> HttpResponse:
    act = get_act_or_404(request.user, convention, number, on=today)
    if not act.is_writable and request.method != "POST":
        template, reason = "conventions/closed.html", CLOSED_ACT[act.status]
        return show(request, template, convention, today, tab="texte", reason=reason)
    models = _models(_act(convention), on=today)
    clauses = CanevasClause.objects.filter(canevas__in=models).select_related("canevas")
    clause = get_object_or_404(clauses, pk=clause_pk)
    form = InsertForm(
        request.POST or None, act=act, clause=clause, initial=prefilled(act, clause.canevas)
    )
    if carried_out(
        request,
        form,
        lambda: insert_clause(
            act, form.choice(), by=request.user, on=today, values=form.values, **form.place()
        ),
        convention,
        done="La clause est insérée. Relisez-la dans le texte.",
    ):
        return redirect(_page_of(act))
    readings = Readings(clause.canevas, clause.canevas.clauses.all())
    context = {"form": form, "act": act, "clause": clause, "row": _row(clause, readings, False)}
    template = "conventions/canevas_insert.html"
    return show(request, template, convention, today, tab="texte", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def canevas_variables(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    act = _act(convention)
    variables = variables_of(act.canevas.variables) if act.canevas else ()
    initial = prefilled(act, act.canevas) if act.canevas else {}
    form = VariablesForm(request.POST or None, variables=variables, initial=initial)
    left: list[str] = []
    if carried_out(
        request,
        form,
        lambda: left.extend(fill_variables(act, by=request.user, on=today, values=form.values)),
        convention,
        done="Les réponses sont enregistrées, et portées dans le texte.",
    ):
        if left:
            messages.warning(
                request,
                f"Vous aviez récrit ces passages, reportez-y la réponse : {', '.join(left)}.",
            )
        return redirect("conventions:canevas_gaps", pk=convention.pk)
    context = {"form": form, "model": act.canevas}
    template = "conventions/canevas_variables.html"
    return show(request, template, convention, today, tab="texte", **context)


@require_safe
@writing("texte", capability=Capability.READ)
def canevas_gaps(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    """The text beside its model: what is kept, adapted, rewritten, missing, or the parties' own."""
    act = _act(convention)
    found = deviations_of(act, on=today)
    text = text_of(convention, on=today) if act.is_signed else draft_text(act)
    readings = Readings(act.canevas, act.canevas.clauses.all()) if act.canevas else None
    rows = [
        {
            "row": row,
            "passages": compare_bodies(_read(readings, row.nearest.body), row.article.body)
            if row.is_compared
            else (),
        }
        for row in found.rows
        if row.kind != Ecart.IDENTIQUE
    ]
    context = {
        "act": act,
        "found": found,
        "rows": rows,
        "identical": [row.article for row in found.rows if row.kind == Ecart.IDENTIQUE],
        "references": references_of(text),
        "is_writable": act.is_writable and convention.is_draft,
    }
    return show(request, "conventions/canevas_gaps.html", convention, today, tab="texte", **context)


def _read(readings: Readings | None, body: str) -> str:
    return readings.read(body) if readings else body
