"""A call to the committee of a revoyure: its letter as a PDF, its meeting for a diary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from engagements.access import get_convocation_or_404
from engagements.rules.reunion import CONTENT_TYPE, Meeting, meeting_calendar
from reporting.views.letters import letter_answer


@require_safe
def convocation_pdf(request: HttpRequest, pk: int, letter_pk: int, number: int) -> HttpResponse:
    """A kept version of a convocation, for the side that writes it."""
    on = timezone.localdate()
    found = get_convocation_or_404(request.user, pk, on=on)
    check_acts_for(request.user, found.party.heir(on=on), Capability.MANAGE, on=on)
    letter = get_object_or_404(found.letters, pk=letter_pk)
    version = get_object_or_404(letter.versions, number=number)
    keys = {"pk": pk, "letter_pk": letter_pk}
    return letter_answer(request, version, back=("engagements:convocation_versions", keys))


@require_safe
def convocation_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting, for whoever may know of it: to join to the mail, or to open in one's diary."""
    found = get_convocation_or_404(request.user, pk, on=timezone.localdate())
    revoyure = found.revoyure
    convention = revoyure.convention
    address = reverse("engagements:revoyure", kwargs={"pk": revoyure.pk})
    data = meeting_calendar(
        Meeting(
            uid=f"convocation-{found.pk}@revoyure",
            held_on=found.held_on,
            begins_at=found.begins_at,
            zone=convention.zone,
            summary=f"Comité de revoyure {revoyure.year}, {convention.reference}",
            place=found.place,
            agenda=found.agenda,
            url=request.build_absolute_uri(address),
            stamped_at=found.created_at,
            cancelled=found.cancelled_on is not None,
        )
    )
    name = f"comite-{convention.reference.lower()}-{found.held_on}.ics"
    response = HttpResponse(data, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
