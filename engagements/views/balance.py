"""The balance of a convention: on the page, and taken away."""

import csv
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import capabilities_in, get_convention_or_404
from engagements.forms.balance import BalanceFilterForm
from engagements.rules import export
from engagements.rules.beam import beam
from engagements.rules.filters import kept
from engagements.rules.lecture import Entry, legend
from engagements.rules.situations import still_owed
from engagements.views.balance_layout import Layout
from engagements.views.balance_reading import Balance, read_balance


@dataclass(frozen=True)
class _Asked:
    """What the reader asked for, and what of the balance answers it."""

    balance: Balance
    form: BalanceFilterForm
    entries: list[Entry]


def _ask(request: HttpRequest, pk: int, *, on: date) -> _Asked:
    convention = get_convention_or_404(request.user, pk, on=on)
    balance = read_balance(convention, on=on)
    entries = balance.entries.values()
    form = BalanceFilterForm(
        request.GET, entries=entries, parties=balance.parties, themes=balance.themes
    )
    found = kept(entries, form.criteria(), parties=len(balance.parties))
    return _Asked(balance, form, found)


@require_safe
def balance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who owes what to whom, article by article, and how far along it is."""
    on = timezone.localdate()
    asked = _ask(request, pk, on=on)
    shown = asked.balance
    layout = Layout(shown, {entry.pk for entry in asked.entries}, asked.form.by_theme)
    rights = capabilities_in(request.user, shown.convention, on=on)
    dues = shown.dues
    lefts = [due.left for due in dues]
    context = {
        "convention": shown.convention,
        "on": on,
        "tab": "engagements",
        "balance": shown,
        "dues": dues,
        "beam": beam(*lefts) if shown.is_pair else None,
        "joint": shown.joint,
        "joint_kept": sum(not still_owed(entry.situation) for entry in shown.joint),
        "ledger": list(layout.ledger()),
        "legend": legend(shown.entries.values()),
        "sections": layout.sections,
        "form": asked.form,
        "is_filtered": not asked.form.criteria().is_blank,
        "count": len(asked.entries),
        "all_href": reverse("engagements:balance", args=[pk]),
        "may_add": Capability.MANAGE in rights,
    }
    return render(request, "engagements/balance.html", context)


@require_safe
def balance_export(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page shows, filters included, as a file that French spreadsheets open at once."""
    on = timezone.localdate()
    asked = _ask(request, pk, on=on)
    shown = asked.balance
    reference = shown.convention.reference
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="engagements-{reference}-{on}.csv"'},
    )
    # The mark tells Excel that accents are UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(export.HEADER)
    writer.writerows(
        export.rows(
            asked.entries,
            on=on,
            articles={key: title.short for key, title in shown.titles.items()},
            themes={theme.pk: theme.name for theme in shown.themes},
        )
    )
    return response
