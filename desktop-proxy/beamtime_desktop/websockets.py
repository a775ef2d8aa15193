"""Tornado's websockets, with as little work for each picture as it takes."""

from __future__ import annotations

import asyncio
import struct

from tornado import iostream, websocket

PING_SECONDS = 30
"""Proxies on the way close a websocket that is silent for a minute."""


def send_binary(handler: websocket.WebSocketHandler, data: bytes) -> asyncio.Future[None] | None:
    """Send a message; give a future for as long as the browser is slow to take it."""
    connection = handler.ws_connection
    stream = None if connection is None or connection.is_closing() else connection.stream
    if stream is None:
        return None
    frame = _frame(data)
    rest = frame[_send_at_once(stream, frame) :]
    if not rest:
        return None
    try:
        # Tornado's `write_message` makes a task of each.
        sent: asyncio.Future[None] = stream.write(rest)
    except iostream.StreamClosedError:
        return None
    return sent if stream.writing() else None


def _send_at_once(stream: iostream.IOStream, frame: bytes) -> int:
    """Send as much as the socket takes now; give the number of bytes.

    Tornado's own way makes a future of each message, and another turn of the loop.
    """
    if stream.closed() or stream.writing():
        return 0
    try:
        sent: int = stream.write_to_fd(memoryview(frame))
    except OSError:
        return 0  # It is full. Or it is broken: then `write` finds out, and closes it.
    return sent


def end_at_once(handler: websocket.WebSocketHandler, why: str) -> None:
    """Close without waiting for the browser: what it did not read yet is dropped."""
    connection = handler.ws_connection
    if connection is None:
        return
    stream: iostream.IOStream | None = getattr(connection, "stream", None)
    handler.close(1008, why)
    if stream is not None:
        stream.close()


def _frame(data: bytes) -> bytes:
    """Give a websocket's binary message of a server: RFC 6455, 5.2."""
    size = len(data)
    if size < 126:
        return struct.pack("!BB", 0x82, size) + data
    if size < 1 << 16:
        return struct.pack("!BBH", 0x82, 126, size) + data
    return struct.pack("!BBQ", 0x82, 127, size) + data
