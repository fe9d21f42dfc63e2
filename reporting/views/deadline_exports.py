"""The list of dates taken away: exactly what its filter shows, in CSV or XLSX.

A POST, because the journal keeps who took what away, and a GET never writes. Dates that a person
or an organisation keeps to itself are in the file of those who see them on the list, and say so.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.rules.roles import Capability
from conventions.access import parties_acted_for
from reminders.access import answers_visible_to, notes_visible_to, visible_to
from reminders.models import Deadline
from reminders.models.listing import for_list, listed, situation_here
from reminders.rules.liste import Filtres
from reporting.actions.exports import record_export
from reporting.rules.classeur import FORMATS, Sheet
from reporting.rules.tableur import Cell
from reporting.views.exports import handed_over

HEADINGS = (
    "Convention", "Titre de la convention", "Parties", "Région", "Territoire", "Nature",
    "Échéance", "Date", "Date sûre", "Libre à partir du", "État", "Jours restants", "Réponses",
    "Fondement", "Visible de",
)  # fmt: skip
_WIDTHS = (18, 50, 44, 26, 32, 32, 60, 12, 12, 16, 14, 12, 40, 30, 22)


@require_POST
def export_deadlines(request: HttpRequest, fmt: str) -> HttpResponse:
    if fmt not in FORMATS:
        raise Http404
    user, on = request.user, timezone.localdate()
    filtres = Filtres.read(request.GET)
    sides = parties_acted_for(user, Capability.READ, on=on)
    found = listed(visible_to(user, on=on), filtres, sides, on=on)
    shown = for_list(found, answers_visible_to(user, on=on), notes_visible_to(user, on=on))
    related = shown.select_related("convention__region", "convention__territory")
    rows = [_cells(row, on) for row in related]
    record_export("échéance", by=user, fmt=fmt, rows=len(rows), filters=dict(filtres.items()))
    return handed_over(Sheet("Échéances", HEADINGS, _WIDTHS, rows), fmt, on=on)


def _cells(deadline: Deadline, on: date) -> list[Cell]:
    convention = deadline.convention
    return [
        convention.reference,
        convention.title,
        ", ".join(party.alias for party in convention.parties.all() if party.is_bound_on(on)),
        convention.region.name if convention.region else None,
        convention.territory.name,
        deadline.get_kind_display(),
        deadline.title,
        deadline.due_on,
        deadline.safe_on,
        deadline.effect_on,
        situation_here(deadline, on).label,
        None if deadline.done_on else (deadline.due_on - on).days,
        " ; ".join(_said(answer) for answer in deadline.known_answers) or None,
        deadline.source or None,
        _readers(deadline),
    ]


def _said(answer) -> str:
    reason = f" ({answer.reason})" if answer.reason else ""
    return f"{answer.party.alias} : {answer.get_kind_display()}{reason}"


def _readers(deadline: Deadline) -> str:
    if deadline.owner_id is not None:
        return "vous seul"
    return str(deadline.reserved_to) if deadline.reserved_to_id else "toutes les parties"
