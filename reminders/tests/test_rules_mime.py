"""What is written as bytes is read back as it was, by Python's own reader."""

from email import message_from_bytes, policy

import pytest

from reminders.emails import TwoParts
from reminders.rules.mime import encoded_words, is_plain_address, two_parts

SUBJECTS = [
    "Demain : comité",
    "Dans 33\u00a0jours : réunir l’instance «\u00a0suivi\u00a0» (BESANCON-2017)",
    "Plain words",
    "=?utf-8?q?piege?=",
    "é" * 180,
    "\U0001f600" * 40,
    "x" * 180,
]
TEXT = "Bonjour,\n\nRéunir le comité = demain.\n.\n..\nFrom ici\n" + "long " * 400 + "\nfin \t\n"
HTML = "<p>Réunir l’instance &amp; voter</p>\n" * 40


def written(**headers) -> bytes:
    return two_parts(headers, text=TEXT, html=HTML, boundary="=_coupe")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_is_read_back_whole(subject):
    message = message_from_bytes(written(Subject=encoded_words(subject)), policy=policy.default)
    assert message["Subject"] == subject
    assert all(len(line) <= 76 for line in encoded_words(subject).split("\r\n") if "=?utf" in line)


def test_both_parts_are_read_back_whole():
    message = message_from_bytes(written(To="a@b.fr"), policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == HTML.rstrip("\n")


def test_nothing_but_short_ascii_lines_ended_as_mail_wants():
    content = written(Subject=encoded_words(SUBJECTS[1]))
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line and len(line) <= 100 for line in lines)


@pytest.mark.parametrize(
    ("address", "is_plain"),
    [
        ("claire.vuillemin+epci@grand-lac.fr", True),
        ("o'brien@exemple.fr", True),
        ("claire@exemple.fr\r\nBcc: x@y.fr", False),
        ("claire@exemple.fr\n", False),
        ("a@b.fr, c@d.fr", False),
        ("éloïse@exemple.fr", False),
        ("claire@été.fr", False),
        ("Claire <claire@exemple.fr>", False),
    ],
)
def test_only_plain_addresses_are_written_as_they_are(address, is_plain):
    assert is_plain_address(address) is is_plain


def test_another_address_is_left_to_django():
    message = TwoParts("Sujet", "Texte", "de@exemple.fr", ["claire@été.fr"])
    message.attach_alternative("<p>Texte</p>", "text/html")
    assert not message.is_plain
    assert b"claire@xn--t-9fab.fr" in message.message().as_bytes()
