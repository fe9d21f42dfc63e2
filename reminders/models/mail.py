"""Messages kept as files by the development inbox, read as they were sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from re import compile as pattern

# The newest only: an inbox for development is not an archive.
MOST_FILES = 500
_NAME = pattern(r"(?P<stamp>\d{8}T\d{12})-[0-9a-f]{8}")


@dataclass(frozen=True)
class Mail:
    """One kept message."""

    name: str
    sent_at: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "").strip() or "(sans objet)"

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def addresses(self) -> frozenset[str]:
        headers = [str(value) for value in self.message.get_all("To", [])]
        return frozenset(address.lower() for _, address in getaddresses(headers))

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content() if part is not None else ""


def mails(folder: Path) -> Iterator[Mail]:
    """Yield the newest messages first."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
    for name in names[:MOST_FILES]:
        mail = read_mail(folder, name)
        if mail is not None:
            yield mail


def read_mail(folder: Path, name: str) -> Mail | None:
    """Return one message; a name that the inbox could not have given is no file of it."""
    match = _NAME.fullmatch(name)
    path = folder / f"{name}.eml"
    if match is None or not path.is_file():
        return None
    sent_at = datetime.strptime(match["stamp"], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(name, sent_at, message)
