"""Invitations: the owner lets a guest look on, or type, until a time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import Literal

from .desktop import iso

MOST = 64
"""Most invitations of one desktop at a time."""

GuestRole = Literal["control", "view"]


@dataclass(frozen=True)
class Invitation:
    """What the owner allows whoever has the code.

    Attributes
    ----------
    who:
        For whom it is meant, as the owner wrote it.
    unattended:
        Whether guests may look on while the owner is not connected.
    until:
        When it ends, seconds since the epoch.
    digest:
        SHA-256 of the code: the code itself is not kept.
    """

    desktop: str
    role: GuestRole
    until: float
    who: str | None
    unattended: bool
    digest: bytes
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    made: float = field(default_factory=time.time)

    def to_json(self, connections: int) -> dict[str, object]:
        return {
            "id": self.id,
            "role": self.role,
            "who": self.who,
            "unattended": self.unattended,
            "made": iso(self.made),
            "until": iso(self.until),
            "connections": connections,
        }


class Invitations:
    """All that are good now."""

    def __init__(self) -> None:
        self._by_id: dict[str, Invitation] = {}

    def of(self, desktop: str) -> list[Invitation]:
        """Give those of one desktop, the oldest first."""
        now = time.time()
        return [
            each for each in self._by_id.values() if each.desktop == desktop and each.until > now
        ]

    def add(
        self, desktop: str, role: GuestRole, seconds: float, who: str | None, unattended: bool
    ) -> tuple[Invitation, str]:
        """Make one; give it with its code, which cannot be had again."""
        code = secrets.token_urlsafe(32)
        until = time.time() + seconds
        made = Invitation(desktop, role, until, who, unattended, _digest(code))
        self._by_id[made.id] = made
        return made, code

    def find(self, desktop: str, code: str) -> Invitation | None:
        """Give the one with that code, None if there is none that is good now."""
        digest = _digest(code)
        found = [each for each in self.of(desktop) if hmac.compare_digest(each.digest, digest)]
        return found[0] if found else None

    def remove(self, desktop: str, invitation: str) -> Invitation | None:
        """Forget one; give it, None if that desktop has no such one."""
        found = self._by_id.get(invitation)
        if found is None or found.desktop != desktop:
            return None
        return self._by_id.pop(invitation)


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
