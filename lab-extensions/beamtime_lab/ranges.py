"""The `Range` header of RFC 9110, bytes only."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_RANGES = 512
"""Most ranges in one request: what a header of 16 KiB holds."""

_SPEC = re.compile(r"([0-9]{0,19})-([0-9]{0,19})")


@dataclass(frozen=True)
class Part:
    """Bytes `start` to `stop`, the last one not included."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        return self.stop - self.start

    def of(self, size: int) -> str:
        """Write the `Content-Range` of this part."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


class NotSatisfiable(Exception):
    """No part of the file is in the ranges asked for, or they are too many (416)."""


def parse_ranges(header: str, size: int) -> list[Part] | None:
    """Read a `Range` header against a file of `size` bytes.

    Returns
    -------
    The parts in the order asked for, or `None` if the header is none of bytes or not
    well-formed and so means the whole file.

    Raises
    ------
    NotSatisfiable
        With a sentence that says why.
    """
    unit, equals, specs = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return None
    texts = [text.strip() for text in specs.split(",") if text.strip()]
    if len(texts) > MAX_RANGES:
        raise NotSatisfiable(f"Ask for at most {MAX_RANGES} ranges at once.")
    parts = []
    for text in texts:
        match = _SPEC.fullmatch(text)
        if not match or text == "-":
            return None
        first, last = match.groups()
        if first and last and int(last) < int(first):
            return None
        part = _part(first, last, size)
        if part.length > 0:
            parts.append(part)
    if not texts:
        return None
    if not parts:
        raise NotSatisfiable(f"The file has {size} bytes; none of the ranges is in it.")
    # Overlapping ranges would let a small request ask for any number of bytes.
    if sum(part.length for part in parts) > size:
        raise NotSatisfiable("The ranges overlap. Ask for each byte once.")
    return parts


def _part(first: str, last: str, size: int) -> Part:
    if not first:
        return Part(max(0, size - int(last)), size)
    start = min(int(first), size)
    return Part(start, min(int(last) + 1, size) if last else size)
