"""One websocket that looks at a desktop, as the company of all of them knows it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .invitations import Invitation
from .tickets import Role


@dataclass(eq=False)
class Connection:
    """One websocket that looks on.

    Attributes
    ----------
    role:
        What the owner allows it; `Company.role_now` says what it may do now.
    close, tell, changed:
        Close the websocket at once, saying why; send it a line; called when
        what it may do may have changed.
    since, last_input:
        Seconds since the epoch.
    sent, received:
        Bytes to and from the browser.
    """

    desktop: str
    role: Role
    who: str
    invitation: Invitation | None
    close: Callable[[str], None]
    tell: Callable[[str], None]
    changed: Callable[[], None]
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    since: float = field(default_factory=time.time)
    last_input: float | None = None
    sent: int = 0
    received: int = 0
