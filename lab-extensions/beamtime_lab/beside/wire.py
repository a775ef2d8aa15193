"""What the Jupyter server and the process beside the data say to each other."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

_HEAD = struct.Struct("<II")
"""Bytes of the JSON, and of what follows it."""


@dataclass(frozen=True)
class Answer:
    """`meta` as JSON; `body` the array's bytes, little-endian and in C order, if it has one."""

    meta: Any
    body: bytes | memoryview = b""


def head(meta: Any, length: int = 0) -> bytes:
    """Give a message up to its body of `length` bytes."""
    text = json.dumps(meta).encode()
    return _HEAD.pack(len(text), length) + text


def write_message(stream: BinaryIO, answer: Answer) -> None:
    """Write one message, and flush."""
    stream.write(head(answer.meta, len(answer.body)))
    stream.write(answer.body)
    stream.flush()


def read_message(stream: BinaryIO) -> Answer | None:
    """Read one message; None at the end of the stream."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, rest = _HEAD.unpack(head)
    text, body = stream.read(length), stream.read(rest)
    return Answer(json.loads(text), body) if len(body) == rest else None


def head_of(data: bytes) -> tuple[int, int]:
    """Give the lengths of JSON and body that a message's first bytes name."""
    length, rest = _HEAD.unpack(data)
    return length, rest


HEAD_SIZE = _HEAD.size
