"""What the procedure's checklist asks of engagements: who would owe what once an act is signed."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from conventions.rules.procedure import EngagementFacts
from engagements.models.engagement import Debt, Engagement
from engagements.models.indicator import Target


def facts_for(act, *, on: date) -> list[EngagementFacts]:
    """Return the engagements that stand, with those the act adds and without those it replaces."""
    planned = Engagement.every.planned_by(act)
    replaced = planned.filter(replaces__isnull=False).values("replaces")
    rows = Engagement.every.filter(
        Q(planned=False, convention=act.convention_id) | Q(pk__in=planned.values("pk")),
        repeals=False,
    ).exclude(pk__in=replaced)
    rows = rows.filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=on))
    aimed = Target.objects.filter(engagement=OuterRef("pk"))
    debtors: dict[int, list[str]] = {}
    owed = Debt.objects.filter(engagement__in=rows.order_by().values("pk"))
    for engagement, alias in owed.values_list("engagement_id", "party__alias"):
        debtors.setdefault(engagement, []).append(alias)
    return [
        EngagementFacts(
            row.code, row.title, row.wording, tuple(debtors.get(row.pk, ())), row.has_target
        )
        for row in rows.annotate(has_target=Exists(aimed)).order_by("number", "pk")
    ]
