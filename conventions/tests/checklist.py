"""Answers to the procedure, for texts that other tests bring to their signature."""

from datetime import UTC, datetime

from conventions.actions.checklist import procedure_facts
from conventions.models import Act, ChecklistAnswer
from conventions.rules.procedure import applies, digest_of
from conventions.rules.procedure_accord import RULES
from conventions.rules.procedure_controles import control


def settle_procedure(act: Act, *, by, on) -> None:
    """Answer yes to every question that could stand before the signature of this text."""
    facts = procedure_facts(act, on=on)
    for rule in RULES:
        if rule.blocking and rule.question and applies(rule, facts):
            ChecklistAnswer.objects.create(
                act=act,
                rule=rule.id,
                reply="oui",
                dated_on=on,
                text_digest=digest_of(rule.question.depends, facts, control(rule, facts)),
                answered_by=by,
                answered_at=datetime.now(UTC),
            )
