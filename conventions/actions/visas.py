"""What opens an act: its references («Vu…») and its reasons («Considérant…»)."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import STALE, enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.enums import VisaKind
from conventions.models import Act, Convention, Visa

MOST = 200
TOO_MANY = "Un acte s’ouvre sur deux cents visas et considérants au plus."
OPENING = "les visas et les considérants"


def visas_state(act: Act) -> str:
    """Return what a form shows to have seen of the opening of an act."""
    rows = [(visa.position, visa.kind, visa.text) for visa in act.visas.order_by("position")]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


@transaction.atomic
def set_visas(
    convention: Convention,
    *,
    by: User,
    on: date,
    visas: Iterable[str] = (),
    considerants: Iterable[str] = (),
    act: Act | None = None,
    seen: str | None = None,
) -> None:
    """Write the whole opening of a draft again: references first, then reasons.

    `act` is the draft, the convention's initial one by default.
    """
    act = act or convention.acts.get(number=0)
    enter_draft_of(act, by=by, on=on)
    if seen and seen != visas_state(act):
        raise ValidationError(STALE, code="stale")
    before = [(visa.kind, visa.text) for visa in act.visas.all()]
    after = [(VisaKind.VISA, text.strip()) for text in visas if text.strip()]
    after += [(VisaKind.CONSIDERANT, text.strip()) for text in considerants if text.strip()]
    if after == before:
        return
    if len(after) > MOST:
        raise ValidationError(TOO_MANY, code="too_many")
    act.visas.all().delete()
    for rank, (kind, text) in enumerate(after, start=1):
        visa = Visa(act=act, kind=kind, position=rank, text=text)
        visa.full_clean()
        visa.save()
    told = {"before": [text for _, text in before], "after": [text for _, text in after]}
    record_in_act(act, act, by=by, verb=Verb.ARTICLE_WRITTEN, label=OPENING, **told)
