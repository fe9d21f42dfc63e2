"""A mail server of our own: real sockets, real SMTP, and every way to behave badly."""

import socketserver
import threading
import time
from email import message_from_bytes, policy

import pytest


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink = self.server.sink
        if sink.mute:
            sink.released.wait(20)
            return
        sink.connections += 1
        self._say("220 essai ESMTP")
        taken = 0
        while line := self.rfile.readline():
            verb = line.split(b":")[0].split()[0].upper()
            if sink.patience is not None and taken >= sink.patience and verb == b"MAIL":
                if sink.farewell:
                    self._say(sink.farewell)
                return
            answer = sink.answer_to(verb.decode(), line.decode())
            if verb == b"DATA" and answer == "250 OK":
                self._say("354 Allez-y")
                sink.messages.append(self._read_message())
                taken += 1
                sink.released.wait(sink.slowness)
            self._say(answer if verb != b"QUIT" else "221 Au revoir")
            if verb == b"QUIT":
                return

    def _read_message(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def _say(self, answer: str) -> None:
        time.sleep(self.server.sink.delay)
        self.wfile.write(f"{answer}\r\n".encode())


class SmtpSink:
    """Keeps what it is sent. `answers` maps an SMTP verb to another answer than «250 OK».

    `refused` answers so for one address alone; after `patience` messages the connection is ended,
    with `farewell` if any; a message takes `slowness` seconds to be acknowledged, any answer
    `delay`.
    """

    def __init__(self) -> None:
        self.messages = []
        self.connections = 0
        self.refused: dict[str, str] = {}
        self.patience: int | None = None
        self.farewell = ""
        self.slowness = 0.0
        self.answers: dict[str, str] = {}
        self.mute = False
        self.delay = 0.0
        self.released = threading.Event()
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self.server.daemon_threads = True
        self.server.sink = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer_to(self, verb: str, line: str) -> str:
        if verb == "RCPT":
            for address, answer in self.refused.items():
                if f"<{address}>" in line:
                    return answer
        return self.answers.get(verb, "250 OK")

    def stop(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def smtp(settings):
    """Point Django's own SMTP backend at a private mail server."""
    sink = SmtpSink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 0.5
    settings.SITE_URL = "https://revoyure.exemple"
    yield sink
    sink.stop()
