"""What the dates of letters lead to: whether a notice runs, until when, and how it is counted."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import announce_dates
from conventions.enums import TerminationKind, TerminationStatus
from conventions.models import Convention, Termination
from conventions.models.endings_read import duration_clause, review_clause
from conventions.models.terms import last_day_on
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import DelaiError
from conventions.rules.non_renouvellement import announced_end
from conventions.rules.sorties import end_of_notice, end_of_year, last_event


def effect_if(ending: Termination, event_on: date) -> Computation:
    """Return the last day bound were the event to happen on `event_on`, with its reasoning."""
    convention = ending.convention
    if ending.is_announcement:
        return _term_announced(convention, event_on)
    try:
        notice = (
            end_of_notice(ending.clause, event_on, zone=convention.zone) if ending.clause else None
        )
        if ending.kind != TerminationKind.DESACCORD:
            return notice
        review = review_clause(convention, on=event_on)
        year = end_of_year(
            ending.year,
            basis=review.year_basis,
            starts_on=convention.starts_on,
            zone=convention.zone,
            wording=review.disagreement,
        )
    except DelaiError as error:
        raise ValidationError(str(error), code="count") from error
    if notice is None or year.result >= notice.result:
        return year
    return Computation(notice.result, notice.safe_date, (*year.steps, *notice.steps))


def _term_announced(convention: Convention, event_on: date) -> Computation:
    """The term as it was on the day of the announcement: a prorogation signed later is another."""
    term = last_day_on(convention, on=event_on) or convention.ends_on
    clause = duration_clause(convention, on=event_on)
    return announced_end(
        term,
        event_on=event_on,
        zone=convention.zone,
        wording=clause.wording if clause else "",
    )


def count_again(ending: Termination, *, by: User, on: date) -> None:
    """The letters' dates say whether the notice runs, and until when."""
    convention = ending.convention
    event = last_event(ending.counted_from, [letter.dates for letter in ending.letters.all()])
    before = (ending.status, ending.event_on, ending.effect_on)
    if event.day is None:
        ending.status, ending.event_on, ending.effect_on = TerminationStatus.PREPAREE, None, None
        ending.steps = [event.sentence, *filter(None, [event.warning])]
    else:
        found = effect_if(ending, event.day)
        ending.status, ending.event_on = TerminationStatus.NOTIFIEE, event.day
        ending.effect_on = found.result
        ending.steps = [event.sentence, *found.steps]
    ending.full_clean()
    ending.save()
    if before != (ending.status, ending.event_on, ending.effect_on):
        _say_counted(ending, before, by=by)
    if ending.ends_convention:
        end_convention(convention, ending.effect_on)
    announce_dates(convention, by=by, on=on)


def _say_counted(ending: Termination, before: tuple, *, by: User) -> None:
    """The journal keeps the days before and after: a corrected date moves what people planned."""
    names = ("status", "event_on", "effect_on")
    after = {name: str(getattr(ending, name) or "") for name in names}
    known = dict(zip(names, (str(value or "") for value in before), strict=True))
    changes = {name: [known[name], after[name]] for name in names if known[name] != after[name]}
    told = {"event_on": after["event_on"], "effect_on": after["effect_on"], "changes": changes}
    record(by, Verb.ENDING_COUNTED, ending, **reserved(ending), **told)


def end_convention(convention: Convention, last_day: date | None) -> None:
    """Bound until `last_day`; a notice that would run past the term changes nothing to it."""
    past_term = convention.ends_on is not None and last_day and last_day >= convention.ends_on
    convention.terminated_on = None if past_term else last_day
    convention.full_clean()
    convention.save(update_fields=["terminated_on"])


def reserved(ending: Termination, *, notified: bool | None = None) -> dict:
    """The journal's terms: what is only prepared is read by the side that prepares it."""
    notified = ending.status == TerminationStatus.NOTIFIEE if notified is None else notified
    told = {"dossier": ending.convention_id}
    return told if notified else {**told, "reserved_to": ending.party.organisation_id}
