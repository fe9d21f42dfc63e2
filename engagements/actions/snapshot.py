"""What a frozen revoyure keeps: plain JSON values from which its document is made, and no other."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from conventions.models import Act, Convention, RevoyureClause
from conventions.models.consolidated import consolidated_text
from engagements.models import Measurement, Revoyure
from engagements.rules.revoyure import SCHEMA
from engagements.signals import revoyure_gathering


def take_snapshot(revoyure: Revoyure, *, on: date) -> dict:
    """Return the whole review as JSON values.

    Floors above add their own sections («echeances») by answering `revoyure_gathering` with a pair
    (name, JSON value).
    """
    convention = revoyure.convention
    snapshot = {
        "schema": SCHEMA,
        "revoyure": _revoyure(revoyure, on=on),
        "convention": _convention(convention, on=on),
        "parties": _parties(convention),
        "articles": _articles(convention, on=on),
        "engagements": _engagements(convention, on=on),
        "indicateurs": _indicators(convention, on=on),
        "contributions": _contributions(revoyure),
    }
    gathered = revoyure_gathering.send(sender=Revoyure, revoyure=revoyure, on=on)
    for _receiver, (name, section) in gathered:
        snapshot[name] = section
    return snapshot


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _instant(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _figure(value: Decimal | None) -> str | None:
    """Decimals travel as text: a float would change them."""
    return None if value is None else format(value.normalize(), "f")


def _revoyure(revoyure: Revoyure, *, on: date) -> dict:
    return {
        "year": revoyure.year,
        "from": date(revoyure.year, 1, 1).isoformat(),
        "to": date(revoyure.year, 12, 31).isoformat(),
        "opened_on": _day(revoyure.opened_on),
        "frozen_on": _day(on),
        "frozen_at": _instant(revoyure.frozen_at),
        "frozen_by": str(revoyure.frozen_by or ""),
        "meeting_on": _day(revoyure.meeting_on),
        "outcome": revoyure.outcome,
        "outcome_label": revoyure.get_outcome_display(),
        "conclusion": revoyure.conclusion,
    }


def _convention(convention: Convention, *, on: date) -> dict:
    return {
        "reference": convention.reference,
        "title": convention.title,
        "kind": convention.get_kind_display(),
        "territory": convention.territory.name,
        "starts_on": _day(convention.starts_on),
        "starts_on_basis": convention.get_starts_on_basis_display(),
        "starts_on_note": convention.starts_on_note,
        "ends_on": _day(convention.ends_on),
        "situation": convention.situation_on(on).label,
        "disagreement": _disagreement(convention, on=on),
        "text": settings.SITE_URL + reverse("conventions:text_on", args=[convention.pk, on]),
    }


def _disagreement(convention: Convention, *, on: date) -> str:
    clauses = RevoyureClause.objects.binding(on=on).filter(convention=convention)
    found = clauses.order_by("-from_on", "-act__number").first()
    return found.disagreement if found else ""


def _parties(convention: Convention) -> list[dict]:
    parties = convention.parties.prefetch_related("signatories")
    return [
        {
            "id": party.pk,
            "position": party.position,
            "alias": party.alias,
            "name": party.name_as_signed,
            "legal_nature": party.legal_nature_as_signed,
            "signatories": [
                {"name": signatory.name, "capacity": signatory.capacity}
                for signatory in party.signatories.all()
            ],
        }
        for party in parties
    ]


def _articles(convention: Convention, *, on: date) -> list[dict]:
    in_force = Act.objects.in_force(on=on).filter(convention=convention)
    acts = {act.number: str(act) for act in in_force}
    return [
        {
            "id": article.article_id,
            "number": article.number,
            "label": article.label,
            "heading": article.heading,
            "depth": article.depth,
            "body": article.body,
            "act": acts[article.act],
        }
        for article in consolidated_text(convention, on=on)
    ]


def _engagements(convention: Convention, *, on: date) -> list[dict]:
    rows = (
        convention.engagements.standing(on=on)
        .select_related("theme")
        .prefetch_related("debts", "counterparts", "state_changes__evidence")
    )
    return [
        {
            "id": engagement.pk,
            "number": engagement.number,
            "code": engagement.code,
            "title": engagement.title,
            "wording": engagement.wording,
            "article": engagement.article_id,
            "theme": engagement.theme.name if engagement.theme else "",
            "strength": engagement.get_strength_display(),
            "recurrence": engagement.get_recurrence_display(),
            "condition": engagement.condition,
            "due_on": _day(engagement.due_on),
            "state": engagement.state,
            "situation": engagement.situation_on(on).value,
            "debtors": sorted(debt.party_id for debt in engagement.debts.all()),
            "counterparts": sorted(other.pk for other in engagement.counterparts.all()),
            "evidence": sorted(
                {
                    (document.name, document.sha256)
                    for change in engagement.state_changes.all()
                    for document in change.evidence.all()
                }
            ),
        }
        for engagement in rows
    ]


def _indicators(convention: Convention, *, on: date) -> list[dict]:
    """Targets and current values side by side, by indicator, territory and year."""
    rows: dict[tuple, dict] = {}
    heads = {}
    for target in convention.targets.binding(on=on).select_related("indicator", "territory"):
        row = _indicator_row(rows, heads, target)
        row["target"] = _figure(target.quantity)
        row["engagement"] = target.engagement_id
    values = Measurement.objects.filter(convention=convention).current()
    for value in values.select_related("indicator", "territory", "provider"):
        row = _indicator_row(rows, heads, value)
        row |= {
            "value": _figure(value.quantity),
            "status": value.status,
            "source": value.source,
            "provider": value.provider.alias,
            "as_of": _day(value.as_of),
            "corrected": value.supersedes_id is not None,
        }
    return [
        head | {"rows": [rows[key] for key in sorted(rows, key=_by_place_and_year) if key[0] == pk]}
        for pk, head in sorted(heads.items(), key=lambda item: item[1]["code"])
    ]


def _by_place_and_year(key: tuple) -> tuple:
    _indicator, territory, year = key
    return territory, year


def _indicator_row(rows: dict, heads: dict, fact) -> dict:
    indicator = fact.indicator
    heads.setdefault(
        indicator.pk,
        {
            "code": indicator.code,
            "name": indicator.name,
            "unit": indicator.unit,
            "nature": indicator.nature,
            "direction": indicator.direction,
            "additive": indicator.additive,
        },
    )
    blank = {
        "territory": fact.territory.name,
        "year": fact.year,
        "target": None,
        "engagement": None,
        "value": None,
        "status": None,
        "source": "",
        "provider": "",
        "as_of": None,
        "corrected": False,
    }
    return rows.setdefault((indicator.pk, fact.territory.name, fact.year), blank)


def _contributions(revoyure: Revoyure) -> list[dict]:
    rows = revoyure.contributions.select_related("party", "handed_over_by").prefetch_related(
        "assessments"
    )
    return [
        {
            "party": contribution.party_id,
            "statement": contribution.statement,
            "handed_over_at": _instant(contribution.handed_over_at),
            "handed_over_by": str(contribution.handed_over_by or ""),
            "readings": [
                {
                    "engagement": reading.engagement_id,
                    "appreciation": reading.appreciation,
                    "label": reading.get_appreciation_display(),
                    "comment": reading.comment,
                }
                for reading in contribution.assessments.all()
            ],
        }
        for contribution in rows
    ]
