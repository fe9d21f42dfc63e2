"""What an act says of engagements and targets, read for the text of the avenant."""

from conventions.models import Act
from conventions.rules.avenants import Provision
from engagements.models.engagement import Engagement
from engagements.models.indicator import Target
from engagements.rules.lecture import written
from engagements.rules.provisions import engagement_provision, target_provision
from territories.rules.french import enumerate_words


def provisions_of(act: Act) -> list[Provision]:
    """Return the articles an avenant devotes to engagements, then to targets, draft or signed."""
    rows = Engagement.every.filter(act=act).select_related("replaces").order_by("number", "pk")
    targets = Target.every.filter(act=act).select_related("indicator", "territory")
    return [
        *(_engagement(row, act) for row in rows.prefetch_related("debts__party")),
        *(_target(row, act) for row in targets.order_by("indicator__code", "year", "pk")),
    ]


def _own_date(row: Engagement | Target, act: Act):
    return row.effective_on if row.effective_on != act.effective_on else None


def _engagement(row: Engagement, act: Act) -> Provision:
    parties = sorted((debt.party for debt in row.debts.all()), key=lambda party: party.position)
    return engagement_provision(
        code=row.code,
        title=row.title,
        wording=row.wording,
        debtors=enumerate_words([party.alias for party in parties]),
        before=row.replaces.title if row.replaces else "",
        repeals=row.repeals,
        effective_on=_own_date(row, act),
    )


def _target(row: Target, act: Act) -> Provision:
    cell = {"indicator": row.indicator, "territory": row.territory, "year": row.year}
    before = act.convention.targets.exclude(pk=row.pk).filter(**cell).order_by("pk")
    if not row.planned:
        before = before.filter(replaced_on=row.effective_on)
    last = before.last()
    return target_provision(
        indicator=row.indicator.name,
        territory=row.territory.name,
        year=row.year,
        quantity="" if row.withdrawn else written(row.quantity, row.indicator.unit),
        before=written(last.quantity, row.indicator.unit) if last else "",
        effective_on=_own_date(row, act),
    )
