"""The procedure of an act: what is checked, what is to be answered, what blocks."""

from collections import Counter
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules.roles import Capability
from conventions.access import capabilities_in, documents_visible_to, get_act_or_404
from conventions.actions.checklist import (
    WHO,
    Line,
    answer_rule,
    checklist_of,
    history_of,
    may_answer,
)
from conventions.forms.checklist import AnswerForm
from conventions.models import Act, Convention
from conventions.rules.procedure import SETTLED, State, told_today
from conventions.rules.procedure_accord import origin_of, rule_of
from conventions.views.writing import carried_out, show, writing

MARKS = {
    State.TO_FIX: "en-retard",
    State.TO_ASK_AGAIN: "proche",
    State.TO_ANSWER: "proche",
    State.ADVICE: "a-venir",
    State.HOLDS: "tenu",
    State.ANSWERED: "tenu",
    State.NOTHING: "sans-objet",
    State.ELSEWHERE: "sans-objet",
}


def _shown(line: Line, act: Act, *, on: date) -> dict:
    """A line as the page draws it."""
    rule, verdict = line.rule, line.verdict
    return {
        "rule": rule,
        "verdict": verdict,
        "mark": MARKS[verdict.state],
        "answer": line.answer if verdict.asks else None,
        "today": told_today(rule, on=act.signed_on or on),
        "origin": origin_of(rule),
        "who": WHO[rule.question.by] if rule.question else "",
    }


def _grouped(lines: list[dict]) -> list[tuple[str, list[dict]]]:
    groups: dict[str, list[dict]] = {}
    for line in lines:
        groups.setdefault(line["rule"].theme, []).append(line)
    return list(groups.items())


@require_safe
@writing("texte", capability=Capability.READ)
def checklist(
    request: HttpRequest, convention: Convention, today: date, number: int
) -> HttpResponse:
    """Every rule, theme by theme; `voir=tout` also lists what holds."""
    act = get_act_or_404(request.user, convention, number, on=today)
    lines = checklist_of(act, on=today)
    states = Counter(line.verdict.state for line in lines)
    kept = [line for line in lines if line.verdict.state != State.ELSEWHERE]
    everything = request.GET.get("voir") == "tout" or act.is_signed
    listed = [line for line in kept if everything or line.verdict.state not in SETTLED]
    capabilities = capabilities_in(request.user, convention, on=today)
    context = {
        "act": act,
        "groups": _grouped([_shown(line, act, on=today) for line in listed]),
        "elsewhere": [_shown(line, act, on=today) for line in lines if line not in kept],
        "blocking": sum(line.verdict.blocks for line in lines),
        "to_do": sum(line.verdict.is_open for line in lines),
        "advice": states[State.ADVICE],
        "settled": sum(states[state] for state in SETTLED),
        "everything": everything,
        "may_write": Capability.MANAGE in capabilities and not act.is_signed,
    }
    return show(request, "conventions/checklist.html", convention, today, tab="texte", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte")
def checklist_answer(
    request: HttpRequest, convention: Convention, today: date, number: int, rule: str
) -> HttpResponse:
    """Answer one question, beside what was answered before and what it is about."""
    act = get_act_or_404(request.user, convention, number, on=today)
    asked = rule_of(rule)
    line = next((row for row in checklist_of(act, on=today) if row.rule == asked), None)
    if line is None or asked.question is None:
        raise Http404
    known = documents_visible_to(request.user, convention, on=today)
    form = AnswerForm(request.POST or None, documents=known, question=asked.question)
    if carried_out(
        request,
        form,
        lambda: answer_rule(act, rule, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="Votre réponse est enregistrée.",
    ):
        return redirect("conventions:checklist", pk=convention.pk, number=number)
    context = {
        "act": act,
        "form": form,
        "line": _shown(line, act, on=today),
        "history": history_of(act, asked),
        "may_answer": line.verdict.asks
        and not act.is_signed
        and may_answer(request.user, act, asked, on=today),
    }
    template = "conventions/checklist_answer.html"
    return show(request, template, convention, today, tab="texte", **context)
