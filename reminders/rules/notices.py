"""When the news of a negotiation is told, and in what words: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.rules.typographie import pluriel

# What follows within this time is told in the same message.
GATHERING = timedelta(minutes=10)
# No two messages to one person about one act are nearer than this.
QUIET = timedelta(minutes=15)


def notice_due_at(at: datetime, *, last_sent_at: datetime | None, pressing: bool) -> datetime:
    """Return when what happened `at` is told: at once when one is awaited, else gathered."""
    due_at = at if pressing else at + GATHERING
    return due_at if last_sent_at is None else max(due_at, last_sent_at + QUIET)


@dataclass(frozen=True)
class Told:
    """What others did, counted: the words themselves stay behind the login."""

    opened: bool = False
    handed_over: int = 0
    messages: int = 0
    proposals: int = 0
    answers: int = 0
    holder: str = ""
    is_ours: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.opened or self.lines or self.handed_over)

    @property
    def awaits_us(self) -> bool:
        """Whether the pen has just passed to the person's side."""
        return self.is_ours and self.handed_over > 0

    @property
    def headline(self) -> str:
        if self.awaits_us:
            return "La main est à vous"
        if self.opened:
            return "La négociation est ouverte"
        return f"La main est passée à {self.holder}" if self.handed_over else "Du nouveau"

    @property
    def lines(self) -> list[str]:
        counted = (
            (self.messages, "nouveau message,nouveaux messages"),
            (self.proposals, "proposition à examiner,propositions à examiner"),
            (self.answers, "réponse à une proposition,réponses à des propositions"),
        )
        return [pluriel(count, forms) for count, forms in counted if count]
