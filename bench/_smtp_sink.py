"""A mail server that takes everything and keeps nothing, in a process of its own.

`python bench/_smtp_sink.py [FILE]` writes its port on standard output. With FILE it keeps there
what it is sent, each message after its length, so that the same bytes can be sent again.
"""

import asyncio
import sys
from pathlib import Path

_END = b"\r\n.\r\n"
_ANSWERS = {b"EHLO": b"250 sink\r\n", b"QUIT": b"221 bye\r\n"}


class Sink(asyncio.Protocol):
    """One conversation: commands a line, then a message up to its lone dot."""

    keep: Path | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport, self.buffer, self.in_message = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while self._message() if self.in_message else self._command():
            pass

    def _command(self) -> bool:
        line, newline, rest = self.buffer.partition(b"\r\n")
        if not newline:
            return False
        self.buffer = rest
        verb = line[:4].upper()
        self.in_message = verb == b"DATA"
        self.transport.write(
            b"354 go\r\n" if self.in_message else _ANSWERS.get(verb, b"250 ok\r\n")
        )
        return True

    def _message(self) -> bool:
        end = self.buffer.find(_END)
        if end < 0:
            return False
        if self.keep is not None:
            with self.keep.open("ab") as file:
                file.write(b"%d\n%s" % (end, self.buffer[:end]))
        self.buffer = self.buffer[end + len(_END) :]
        self.in_message = False
        self.transport.write(b"250 ok\r\n")
        return True


async def main() -> None:
    Sink.keep = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
