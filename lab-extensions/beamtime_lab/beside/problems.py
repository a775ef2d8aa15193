"""Why something cannot be read: the `Failure` of the viewer's own worker."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """A failure that the viewer puts into words; `body` as in its worker/protocol.ts."""

    def __init__(self, kind: str, **more: Any) -> None:
        super().__init__(f"{kind} {more}")
        self.body = {"kind": kind, **more}
