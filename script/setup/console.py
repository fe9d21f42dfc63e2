"""What the person at the terminal reads.

What is being prepared goes to standard error: standard output belongs to the command's own result.
"""

import sys


class SetupError(Exception):
    """The work cannot go on; the text tells the person why and what to do."""


def say(text: str) -> None:
    sys.stderr.write(f"→ {text}\n")
    sys.stderr.flush()


def warn(text: str) -> None:
    sys.stderr.write(f"! {text}\n")
    sys.stderr.flush()


def headline(text: str) -> None:
    sys.stderr.write(f"\n=== {text} ===\n")
    sys.stderr.flush()


def answer(text: str) -> None:
    """Write a result, on standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
