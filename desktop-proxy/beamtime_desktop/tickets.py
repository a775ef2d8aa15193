"""Tickets: what Jupyter's server says to the gateway about who asks.

jupyter-server-proxy tells its backend nothing of the user and forwards any header of
the client. So Jupyter's server, which knows the user, gives a ticket: signed with the
secret that it shares with the gateway, good once and for 30 seconds.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import Literal

LIFETIME = 30.0
"""Seconds for which a ticket is good."""

Role = Literal["owner", "control", "view"]
"""What a connection may do: all; look on, type and paste; look on."""


class TicketError(Exception):
    """The ticket is not good. The message is shown to the user as it is."""


@dataclass(frozen=True)
class Ticket:
    """Whom a ticket lets do what.

    Attributes
    ----------
    desktop:
        The name of the one desktop that it is good for.
    who:
        The bearer's name, for the list of who is connected and for the audit.
    invitation:
        The code of the invitation that lets a guest in and says the role; None for
        the owner.
    """

    desktop: str
    who: str = "owner"
    invitation: str | None = None


def mint(secret: bytes, ticket: Ticket, now: float | None = None) -> str:
    """Write `ticket` down, signed: URL-safe text that is good from `now` (epoch)."""
    claims = {
        "desktop": ticket.desktop,
        "who": ticket.who,
        "invitation": ticket.invitation,
        "until": (time.time() if now is None else now) + LIFETIME,
        "nonce": secrets.token_urlsafe(16),
    }
    body = _encode(json.dumps(claims).encode())
    return f"{body}.{_encode(_sign(secret, body))}"


class TicketOffice:
    """Takes tickets, each once. Remembers those that are not yet out of date."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._used: dict[str, float] = {}

    def take(self, text: str, desktop: str, now: float | None = None) -> Ticket:
        """Give what `text` says, and never accept it again.

        Raises
        ------
        TicketError
            It is not ours, used up, out of date, or for another desktop.
        """
        now = time.time() if now is None else now
        body, _, signature = text.partition(".")
        if not hmac.compare_digest(_decode(signature), _sign(self._secret, body)):
            raise TicketError("This ticket was not given by your session. Try again.")
        claims = json.loads(_decode(body))
        if claims["until"] < now:
            raise TicketError("This ticket is out of date. Try again.")
        self._used = {key: at for key, at in self._used.items() if at >= now}
        if claims["nonce"] in self._used:
            raise TicketError("This ticket was used before. Try again.")
        if claims["desktop"] != desktop:
            raise TicketError("This ticket is for another desktop. Try again.")
        self._used[claims["nonce"]] = claims["until"]
        return Ticket(claims["desktop"], claims["who"], claims["invitation"])


def _sign(secret: bytes, body: str) -> bytes:
    return hmac.digest(secret, b"beamtime-desktop:" + body.encode(), hashlib.sha256)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
