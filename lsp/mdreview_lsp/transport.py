"""Bytes in and out: messages are read by a thread and handled, one after the other, by the server's loop."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from mdreview_lsp.server import Server

LENGTH = re.compile(rb"\s*content-length\s*:\s*(\d+)\s*\Z", re.I)
PARENT_SECONDS = 3.0


class Writer:
    """Where the protocol writes; each message leaves at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._stream.flush()

    def close(self) -> None:
        self._stream.close()


def messages(stream: BinaryIO) -> Iterator[bytes]:
    """The bodies of the messages in a stream, until it ends."""
    length: int | None = None
    while line := stream.readline():
        if match := LENGTH.match(line):
            length = int(match[1])
        elif not line.strip() and length is not None:
            body = stream.read(length)
            if len(body) < length:
                return
            yield body
            length = None


def serve(server: Server, reader: BinaryIO, writer: BinaryIO) -> int:
    """Runs the server on two streams until it is told to exit or the editor is gone; returns the exit status."""
    return asyncio.run(_serve(server, reader, writer))


async def _serve(server: Server, reader: BinaryIO, writer: BinaryIO) -> int:
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()
    came: asyncio.Queue[bytes] = asyncio.Queue()

    def stop(status: int) -> None:
        if not ended.done():
            ended.set_result(status)

    def read() -> None:
        try:
            for body in messages(reader):
                loop.call_soon_threadsafe(came.put_nowait, body)
            loop.call_soon_threadsafe(stop, 1)
        except (OSError, ValueError, RuntimeError):
            _soon(loop, stop)

    server.protocol.stop = stop
    server.protocol.set_writer(Writer(writer))
    threading.Thread(target=read, name="reader", daemon=True).start()
    tasks = (
        asyncio.create_task(_handle(came, server.protocol.receive)),
        asyncio.create_task(_watch_parent(lambda: server.process_id, stop)),
    )
    try:
        return await ended
    finally:
        for task in tasks:
            task.cancel()


async def _handle(came: asyncio.Queue[bytes], receive: Callable[[bytes], None]) -> None:
    """Handles messages in order: an answer is begun, and its place in the text found, before the next edit is made."""
    while True:
        receive(await came.get())
        await asyncio.sleep(0)


def _soon(loop: asyncio.AbstractEventLoop, stop: Callable[[int], None]) -> None:
    try:
        loop.call_soon_threadsafe(stop, 1)
    except RuntimeError:
        return  # the loop has ended before


async def _watch_parent(process: Callable[[], int | None], stop: Callable[[int], None]) -> None:
    """Stops when the editor's process is gone, which a broken connection alone does not always tell."""
    while True:
        await asyncio.sleep(PARENT_SECONDS)
        if (number := process()) is not None and not alive(number):
            stop(1)


def alive(process: int) -> bool:
    """Whether there is a process with this number; True where the system cannot be asked without harm."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the protocol alone: from now on everything else that is printed goes to stderr."""
    reader = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    writer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return reader, writer


def one_connection(port: int, announce: Callable[[str], None]) -> tuple[BinaryIO, BinaryIO]:
    """Waits on the loopback interface for one editor; `announce` is told the address."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        host, number = listening.getsockname()[:2]
        announce(f"{host}:{number}")
        connection, _ = listening.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection.makefile("rb"), connection.makefile("wb")
