"""The page of one date: verdict and reasons, who answered, who was and will be told, its past."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.rules.roles import Capability
from conventions.access import can
from conventions.models.consolidated import ConsolidatedArticle, consolidated_text
from reminders.access import (
    added_visible_to,
    answers_visible_to,
    can_settle,
    notes_visible_to,
    reminders_visible_to,
)
from reminders.actions.added import can_change
from reminders.actions.notes import noting_parties
from reminders.actions.recipients import audience_of, concerned_parties
from reminders.actions.settling import answering_parties
from reminders.enums import AnswerKind, DeadlineKind
from reminders.forms.deadlines import AnswerForm, NoteForm, TrialForm
from reminders.models import Deadline, DeadlineAnswer
from reminders.models.added import CLOSING
from reminders.rules.answers import answers_to, why_not
from reminders.rules.deadlines import EACH_SIDE
from reminders.rules.verdict import reasons, verdict_of
from reminders.views.answers import counter_proof, drawing, rolling_answer, trials
from reminders.views.history import moves_of
from reminders.views.waves import next_wave, waves_of


def show(
    request: HttpRequest,
    deadline: Deadline,
    *,
    on: date,
    typed: Mapping[str, forms.BaseForm] | None = None,
) -> HttpResponse:
    """Draw the page; `typed` holds the form that was refused, with what was typed."""
    user, convention = request.user, deadline.convention
    waves = waves_of(reminders_visible_to(user, deadline, on=on))
    unheard = audience_of(convention, on=on).unheard(concerned_parties(deadline))
    context = {
        "deadline": deadline,
        "convention": convention,
        "on": on,
        "waves": waves,
        "next_wave": next_wave(waves),
        "successor": _successor(deadline),
        "unheard": [party for party in convention.parties.all() if party.pk in unheard],
        "moves": moves_of(user, deadline, on=on),
        "leads_to": _leads_to(user, deadline, on=on),
        "circle": circle_of(deadline),
        **_added(user, deadline, on=on),
        **_reasoning(deadline, on=on),
        **_trying(request, deadline, on=on),
        **_answering(user, deadline, on=on),
        **_noting(user, deadline, on=on),
        **(typed or {}),
    }
    return render(request, "reminders/detail.html", context)


def _successor(deadline: Deadline) -> Deadline | None:
    """The live row of the same key has the same readers: another circle makes another key."""
    if deadline.is_live:
        return None
    live = Deadline.every.live()
    return live.filter(convention=deadline.convention_id, key=deadline.key).first()


def circle_of(deadline: Deadline) -> str:
    """Say who sees a date that somebody added; nothing of the dates of everybody."""
    if deadline.owner_id is not None:
        return "Vous seul la voyez."
    if deadline.reserved_to_id is not None:
        return f"Réservée à {deadline.reserved_to} et à qui agit en son nom."
    if deadline.kind == DeadlineKind.AJOUTEE:
        return "Toutes les parties la voient."
    return ""


def _added(user, deadline: Deadline, *, on: date) -> dict:
    """What somebody added and wrote of it; whether the reader may change it from this page."""
    if deadline.added_pk is None:
        return {"added": None, "may_change": False}
    added = added_visible_to(user, on=on).filter(pk=deadline.added_pk).first()
    may_change = added is not None and deadline.is_live and can_change(user, added, on=on)
    return {"added": added, "may_change": may_change}


def answer_form(user, deadline: Deadline, data, *, on: date) -> AnswerForm:
    parties = answering_parties(user, deadline, on=on)
    kinds = answers_to(deadline.kind)
    if deadline.owner_id is not None:
        kinds = [kind for kind in kinds if kind in CLOSING]
    if data is None and len(parties) == 1:
        said = deadline.answers.standing().filter(party=parties[0]).values_list("kind", flat=True)
        kinds = [kind for kind in kinds if kind not in said]
    return AnswerForm(data, kinds=kinds, parties=parties)


def note_form(user, deadline: Deadline, data, *, on: date) -> NoteForm:
    reserved = deadline.reserved_to_id is not None
    return NoteForm(data, parties=noting_parties(user, deadline, on=on), reserved=reserved)


def _answering(user, deadline: Deadline, *, on: date) -> dict:
    """What was answered, and what the reader may still answer."""
    parties = answering_parties(user, deadline, on=on)
    answers = list(
        answers_visible_to(user, on=on).filter(deadline=deadline).select_related("party", "by")
    )
    deadline.known_answers = answers
    is_open = deadline.is_live and not deadline.rolling and deadline.done_on is None
    own = [one for one in answers if one.party in parties and _stands_alone(one, deadline)]
    closed_apart = {one.party_id for one in own if one.kind in CLOSING}
    waiting = any(party.pk not in closed_apart for party in parties)
    speaks = waiting or deadline.owner_id == user.pk
    return {
        "answers": answers,
        "own_answers": own if is_open else [],
        "is_apart": deadline.kind in EACH_SIDE,
        "answer_form": answer_form(user, deadline, None, on=on) if is_open and speaks else None,
        "not_waived": why_not(deadline.kind, AnswerKind.SANS_OBJET),
        "may_reopen": bool(
            deadline.is_live and deadline.done_by_id and can_settle(user, deadline, on=on)
        ),
    }


def _stands_alone(answer: DeadlineAnswer, deadline: Deadline) -> bool:
    """Whether the answer may be withdrawn by itself: it did not close the date for everybody."""
    return answer.kind not in CLOSING or deadline.kind in EACH_SIDE


def _noting(user, deadline: Deadline, *, on: date) -> dict:
    notes = notes_visible_to(user, on=on).of(deadline).select_related("author", "reserved_to")
    may = deadline.owner_id is None and bool(noting_parties(user, deadline, on=on))
    return {
        "notes": list(notes),
        "note_form": note_form(user, deadline, None, on=on) if may else None,
    }


def _trying(request: HttpRequest, deadline: Deadline, *, on: date) -> dict:
    """«Et si je poste un autre jour ?»"""
    trial = TrialForm(request.GET if "envoi" in request.GET else None)
    asked = trial.cleaned_data["envoi"] if trial.is_valid() else None
    tried = trials(deadline, on=on, asked=asked)
    return {"trial_form": trial, "asked": asked, "trials": tried}


def _leads_to(user, deadline: Deadline, *, on: date) -> tuple[str, str] | None:
    """What a manager does about this date one floor below: address and words of the button."""
    convention = deadline.convention
    if not deadline.is_live or not can(user, convention, Capability.MANAGE, on=on):
        return None
    if deadline.kind == DeadlineKind.PROROGATION:
        return reverse("conventions:prorogate", args=[convention.pk]), "Proroger"
    if deadline.kind != DeadlineKind.RESILIATION or deadline.clause_id is None:
        return None
    day = f"jour={on}" if deadline.rolling else f"libre={deadline.effect_on}"
    address = reverse("conventions:ending_prepare", args=[convention.pk])
    return f"{address}?voie=clause-{deadline.clause_id}&{day}", "Préparer la lettre"


def _reasoning(deadline: Deadline, *, on: date) -> dict:
    """What is said of the date; a rolling one is counted again from the day it is read."""
    answer = rolling_answer(deadline, on=on) if deadline.rolling else None
    due_on = answer.result if answer else deadline.due_on
    verdict = verdict_of(
        deadline.kind,
        due_on=due_on,
        safe_on=deadline.safe_on,
        effect_on=None if deadline.rolling else deadline.effect_on,
        rolling=deadline.rolling,
        done_on=deadline.done_on,
        on=on,
    )
    return {
        "verdict": verdict,
        "reasons": reasons(list(answer.steps) if answer else deadline.steps),
        "article": _article(deadline, on=on),
        "drawing": drawing(deadline),
        "proof": counter_proof(deadline),
    }


def _article(deadline: Deadline, *, on: date) -> ConsolidatedArticle | None:
    if deadline.article_id is None:
        return None
    text = consolidated_text(deadline.convention, on=max(on, deadline.convention.starts_on))
    found = (article for article in text if article.article_id == deadline.article_id)
    return next(found, None)
