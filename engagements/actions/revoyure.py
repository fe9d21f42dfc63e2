"""The yearly review, from its opening to its freeze."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import record
from accounts.enums import Verb
from accounts.rules.roles import Capability
from conventions import access
from conventions.enums import ConventionStatus
from conventions.models import Convention
from engagements.actions.snapshot import take_snapshot
from engagements.enums import Appreciation, Outcome, RevoyureStatus
from engagements.models import Assessment, Contribution, Engagement, Revoyure
from engagements.rules.revoyure import missing_readings, snapshot_hash, year_problem
from engagements.signals import revoyure_changed, revoyure_frozen


@transaction.atomic
def open_revoyure(convention: Convention, *, by, on: date, year: int) -> Revoyure:
    """Open the review of a year, with a blank contribution for each party.

    Two people opening the same year at once: one succeeds, the other is told, nothing is doubled.
    """
    access.check_can(by, convention, Capability.MANAGE, on=on)
    if convention.status != ConventionStatus.SIGNEE:
        msg = "Seule une convention signée se revoit."
        raise ValidationError(msg)
    problem = year_problem(year, starts_on=convention.starts_on, ends_on=convention.ends_on, on=on)
    if problem:
        raise ValidationError({"year": problem})
    revoyure = Revoyure(convention=convention, year=year, opened_on=on, opened_by=by)
    try:
        with transaction.atomic():
            revoyure.save()
    except IntegrityError as error:
        msg = f"La revoyure {year} est déjà ouverte\u00a0: retrouvez-la dans la liste."
        raise ValidationError({"year": msg}) from error
    parties = convention.parties.in_force(on=on)
    Contribution.objects.bulk_create(
        Contribution(revoyure=revoyure, party=party) for party in parties
    )
    record(by, Verb.REVOYURE_OPENED, revoyure, dossier=convention.pk, year=year)
    revoyure_changed.send(sender=Revoyure, revoyure=revoyure, by=by, on=on)
    return revoyure


def _open_for_writing(contribution: Contribution) -> Contribution:
    """Lock the contribution and its revoyure, and refuse when either is closed."""
    contribution = (
        Contribution.objects.select_for_update(of=("self", "revoyure"), no_key=True)
        .select_related("revoyure__convention", "party")
        .get(pk=contribution.pk)
    )
    if contribution.revoyure.is_frozen:
        msg = (
            "Cette revoyure est gelée\u00a0: plus rien ne s’y modifie. "
            "Une correction trouvera sa place dans la suivante."
        )
        raise ValidationError(msg, code="frozen")
    return contribution


@transaction.atomic
def write_contribution(
    contribution: Contribution,
    *,
    by,
    on: date,
    statement: str,
    readings: Mapping[int, tuple[str, str]],
) -> None:
    """Keep a party's readings: `{engagement pk: (appreciation or "", comment)}`.

    A blank appreciation withdraws the reading, unless a comment stands without one.
    """
    contribution = _open_for_writing(contribution)
    access.check_acts_for(by, contribution.party, Capability.CONTRIBUTE, on=on)
    if contribution.handed_over_at:
        msg = "Votre contribution est rendue. Reprenez-la pour la modifier."
        raise ValidationError(msg, code="handed_over")
    known = {e.pk: e for e in contribution.revoyure.convention.engagements.all()}
    _check_readings(readings, known)
    contribution.statement = statement
    contribution.save(update_fields=["statement"])
    changed = _store_readings(contribution, readings)
    record(
        by,
        Verb.REVOYURE_ASSESSED,
        contribution.revoyure,
        dossier=contribution.revoyure.convention_id,
        party=contribution.party_id,
        engagements=changed,
    )


def _check_readings(
    readings: Mapping[int, tuple[str, str]], known: Mapping[int, Engagement]
) -> None:
    errors = []
    for pk, (appreciation, comment) in readings.items():
        if pk not in known:
            msg = "Un des engagements n’appartient pas à cette convention."
            raise ValidationError(msg)
        if appreciation and appreciation not in Appreciation.values:
            errors.append(f"{known[pk].code}\u00a0: cette lecture n’existe pas.")
        if comment and not appreciation:
            errors.append(f"{known[pk].code}\u00a0: choisissez une lecture avec votre commentaire.")
        if appreciation == Appreciation.NON_TENU and not comment.strip():
            errors.append(f"{known[pk].code}\u00a0: dites pourquoi il n’est pas tenu.")
    if errors:
        raise ValidationError(errors)


def _store_readings(
    contribution: Contribution, readings: Mapping[int, tuple[str, str]]
) -> list[int]:
    """Write only what differs, and return the engagements touched."""
    before = {a.engagement_id: a for a in contribution.assessments.all()}
    touched = []
    for pk, (appreciation, comment) in readings.items():
        old = before.get(pk)
        if old and (old.appreciation, old.comment) == (appreciation, comment):
            continue
        if not appreciation:
            if old:
                old.delete()
                touched.append(pk)
            continue
        Assessment.objects.update_or_create(
            contribution=contribution,
            engagement_id=pk,
            defaults={"appreciation": appreciation, "comment": comment},
        )
        touched.append(pk)
    return touched


def unread_engagements(contribution: Contribution, *, on: date) -> list[Engagement]:
    """The engagements this party owes and has not given a reading of."""
    owed = list(
        Engagement.objects.standing(on=on)
        .owed_by(contribution.party_id)
        .filter(convention_id=contribution.revoyure.convention_id)
    )
    read = contribution.assessments.values_list("engagement_id", flat=True)
    missing = set(missing_readings([e.pk for e in owed], read))
    return [engagement for engagement in owed if engagement.pk in missing]


@transaction.atomic
def hand_over(contribution: Contribution, *, by, on: date, now: datetime) -> None:
    """Close a party's part, once it has read everything it owes."""
    contribution = _open_for_writing(contribution)
    access.check_acts_for(by, contribution.party, Capability.MANAGE, on=on)
    if contribution.handed_over_at:
        return
    missing = unread_engagements(contribution, on=on)
    if missing:
        codes = ", ".join(engagement.code for engagement in missing)
        msg = f"Il manque votre lecture de\u00a0: {codes}."
        raise ValidationError(msg)
    contribution.handed_over_at, contribution.handed_over_by = now, by
    contribution.save(update_fields=["handed_over_at", "handed_over_by"])
    _say(contribution, Verb.REVOYURE_HANDED_OVER, by=by, on=on)


@transaction.atomic
def take_back(contribution: Contribution, *, by, on: date, reason: str) -> None:
    """Reopen a party's own part before the freeze, saying why."""
    contribution = _open_for_writing(contribution)
    access.check_acts_for(by, contribution.party, Capability.MANAGE, on=on)
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi vous reprenez votre contribution."})
    contribution.handed_over_at = contribution.handed_over_by = None
    contribution.save(update_fields=["handed_over_at", "handed_over_by"])
    _say(contribution, Verb.REVOYURE_TAKEN_BACK, by=by, on=on, reason=reason)


def _say(contribution: Contribution, verb: Verb, *, by, on: date, **data) -> None:
    revoyure = contribution.revoyure
    record(by, verb, revoyure, dossier=revoyure.convention_id, party=contribution.party_id, **data)
    revoyure_changed.send(sender=Revoyure, revoyure=revoyure, by=by, on=on)


def freeze_problems(revoyure: Revoyure) -> list[str]:
    """What still prevents the freeze, in French; empty when nothing does."""
    if revoyure.is_frozen:
        return ["Cette revoyure est déjà gelée."]
    return [
        f"{contribution.party} n’a pas rendu sa contribution."
        for contribution in revoyure.contributions.select_related("party")
        if contribution.handed_over_at is None
    ]


@transaction.atomic
def freeze_revoyure(
    revoyure: Revoyure,
    *,
    by,
    on: date,
    now: datetime,
    outcome: Outcome,
    conclusion: str = "",
    meeting_on: date | None = None,
) -> Revoyure:
    """Take the snapshot and close the year for good. The sealed document is then made from it."""
    revoyure = (
        Revoyure.objects.select_for_update(of=("self",), no_key=True)
        .select_related("convention__territory")
        .get(pk=revoyure.pk)
    )
    convention = revoyure.convention
    access.check_can(by, convention, Capability.MANAGE, on=on)
    if not access.acting_parties(by, convention, Capability.MANAGE, on=on).exists():
        msg = "Seul un responsable d’une partie gèle la revoyure."
        raise PermissionDenied(msg)
    problems = freeze_problems(revoyure)
    if problems:
        raise ValidationError(problems)
    if outcome != Outcome.MAINTIEN and not conclusion.strip():
        raise ValidationError({"conclusion": "Dites ce qui est décidé, ou ce qui vous sépare."})
    revoyure.outcome, revoyure.conclusion, revoyure.meeting_on = outcome, conclusion, meeting_on
    revoyure.frozen_at, revoyure.frozen_by = now, by
    revoyure.snapshot = take_snapshot(revoyure, on=on)
    revoyure.snapshot_sha256 = snapshot_hash(revoyure.snapshot)
    revoyure.status = RevoyureStatus.GELEE
    revoyure.full_clean()
    revoyure.save()
    record(
        by,
        Verb.REVOYURE_FROZEN,
        revoyure,
        dossier=convention.pk,
        sha256=revoyure.snapshot_sha256,
        outcome=outcome,
    )
    revoyure_changed.send(sender=Revoyure, revoyure=revoyure, by=by, on=on)
    revoyure_frozen.send(sender=Revoyure, revoyure=revoyure, by=by, now=now)
    return revoyure
