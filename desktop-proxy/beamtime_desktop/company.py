"""Who is connected to the desktops, in which role, and what the owner decides of them.

The rules: a guest has the role of the invitation, or less. Control is locked while no
owner is connected; then a guest only looks on. Guests who were not invited to look on
alone are refused then, and sent away `ALONE` seconds after the owner has left.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable

from .audit import Audit
from .connection import Connection
from .desktop import iso
from .invitations import MOST, GuestRole, Invitation, Invitations
from .tickets import Role, Ticket

ALONE = 15.0
"""Seconds that guests stay without the owner, who may have lost the network only, unless
BEAMTIME_DESKTOP_ALONE says otherwise."""

MOST_CONNECTIONS = 32
"""Most connections to one desktop."""


class CompanyError(Exception):
    """It may not be. The message is shown to a person as it is."""


class Company:
    """All connections and invitations of one user's desktops."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self._connections: dict[str, Connection] = {}
        self._invitations = Invitations()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._sizing: dict[str, Connection] = {}
        self._alone = float(os.environ.get("BEAMTIME_DESKTOP_ALONE") or ALONE)

    # Coming and going

    def check(self, ticket: Ticket) -> tuple[Role, Invitation | None]:
        """Give the role that the bearer of a ticket would have now.

        Raises
        ------
        CompanyError
            The invitation is not good, the owner is away, or there are too many.
        """
        desktop = ticket.desktop
        try:
            if len(self.of(desktop)) >= MOST_CONNECTIONS:
                raise CompanyError("Too many are connected to this desktop")
            if ticket.invitation is None:
                return "owner", None
            invitation = self._invitations.find(desktop, ticket.invitation)
            if invitation is None:
                raise CompanyError("This invitation has ended or was revoked")
            if not invitation.unattended and not self._owner_is_there(desktop):
                raise CompanyError("The owner of this desktop is not there now")
        except CompanyError as error:
            self.audit.note("refused", desktop, who=ticket.who, why=str(error))
            raise
        return invitation.role, invitation

    def admit(
        self,
        ticket: Ticket,
        close: Callable[[str], None],
        tell: Callable[[str], None],
        changed: Callable[[], None],
    ) -> Connection:
        """Let the bearer of a ticket in; `greet` is to follow.

        Raises
        ------
        CompanyError
            As `check`.
        """
        role, invitation = self.check(ticket)
        made = Connection(ticket.desktop, role, ticket.who, invitation, close, tell, changed)
        self._connections[made.id] = made
        return made

    def greet(self, connection: Connection) -> None:
        """Tell all of a connection that `admit` gave."""
        desktop, role, invitation = connection.desktop, connection.role, connection.invitation
        if role == "owner":
            self._stop_timer(desktop)
            self._sizing.setdefault(desktop, connection)
        self._note("joined", connection, role=role, invitation=invitation and invitation.id)
        self._tell_all(desktop)

    def leave(self, connection: Connection, why: str) -> None:
        """Note that a connection was closed."""
        if self._connections.pop(connection.id, None) is None:
            return
        desktop = connection.desktop
        since = iso(connection.since)
        self._note("left", connection, role=connection.role, since=since, why=why)
        if self._sizing.get(desktop) is connection:
            del self._sizing[desktop]
            for each in self.of(desktop):
                if each.role == "owner":
                    self._sizing.setdefault(desktop, each)
        if connection.role == "owner" and not self._owner_is_there(desktop):
            self._start_timer(desktop, self._alone, self._send_away)
        self._tell_all(desktop)

    def forget(self, desktop: str) -> None:
        """Revoke all invitations of a desktop that was shut down: the next is another."""
        for invitation in self._invitations.of(desktop):
            self.revoke(desktop, invitation.id, "revoked")

    # What is asked

    def of(self, desktop: str) -> list[Connection]:
        """Give the connections to one desktop, the oldest first."""
        return [each for each in self._connections.values() if each.desktop == desktop]

    def role_now(self, connection: Connection) -> Role:
        """Say what a connection may do now."""
        return "view" if self._is_locked(connection) else connection.role

    def may_size(self, connection: Connection) -> bool:
        """Say whether the desktop gets the size that this connection wishes."""
        return self._sizing.get(connection.desktop) is connection

    def invitations(self, desktop: str) -> list[dict[str, object]]:
        """Give those of one desktop, as JSON."""
        return [self._invitation_json(each) for each in self._invitations.of(desktop)]

    def connection_json(self, connection: Connection) -> dict[str, object]:
        """Give a connection as JSON."""
        invitation = connection.invitation
        return {
            "id": connection.id,
            "role": connection.role,
            "who": connection.who,
            "invitation": invitation and invitation.id,
            "since": iso(connection.since),
            "lastInput": connection.last_input and iso(connection.last_input),
            "locked": self._is_locked(connection),
            "sent": connection.sent,
            "received": connection.received,
        }

    def tell(self, connection: Connection) -> None:
        """Say to a connection how things are: an owner then asks for the list."""
        if connection.role == "owner":
            connection.tell(json.dumps({"type": "people"}))
            mine = self.may_size(connection)
            connection.tell(json.dumps({"type": "sizing", "mine": mine}))
        else:
            locked = self._is_locked(connection)
            line = {"type": "role", "role": connection.role, "locked": locked}
            connection.tell(json.dumps(line))

    # What the owner decides

    def take_sizing(self, connection: Connection) -> None:
        """Let this connection of the owner's say the size from now on."""
        if connection.role == "owner":
            self._sizing[connection.desktop] = connection
            self._tell_all(connection.desktop)

    def invite(
        self, desktop: str, role: GuestRole, minutes: int, who: str | None, unattended: bool
    ) -> dict[str, object]:
        """Make an invitation; give it as JSON with its code.

        Raises
        ------
        CompanyError
            There are too many.
        """
        if len(self._invitations.of(desktop)) >= MOST:
            raise CompanyError(f"There are {MOST} invitations already. Revoke one first.")
        made, code = self._invitations.add(desktop, role, minutes * 60, who, unattended)
        until = iso(made.until)
        facts = {"invitation": made.id, "role": role, "who": who, "until": until}
        self.audit.note("invited", desktop, **facts, unattended=unattended)
        self._start_timer(made.id, minutes * 60, lambda _: self.revoke(desktop, made.id, "expired"))
        return {**self._invitation_json(made), "code": code}

    def revoke(self, desktop: str, invitation: str, event: str = "revoked") -> bool:
        """End an invitation and close its connections; say whether there was one."""
        removed = self._invitations.remove(desktop, invitation)
        if removed is None:
            return False
        self._stop_timer(invitation)
        self.audit.note(event, desktop, invitation=invitation)
        for each in self.of(desktop):
            if each.invitation is removed:
                self._close(each, "the invitation has ended")
        return True

    def eject(self, desktop: str, connection: str) -> bool:
        """Close one connection; say whether there was one."""
        found = self.find(desktop, connection)
        if found is None:
            return False
        self._note("ejected", found)
        self._close(found, "the owner has ended this connection")
        return True

    def set_role(self, connection: Connection, role: GuestRole) -> None:
        """Let a guest do more or less.

        Raises
        ------
        CompanyError
            It is no guest's, or more than the invitation says.
        """
        if connection.invitation is None:
            raise CompanyError("The owner's own connections cannot be changed.")
        if role == "control" and connection.invitation.role != "control":
            raise CompanyError("The invitation is for looking on only. Make another one.")
        connection.role = role
        self._note("role", connection, role=role)
        self._tell_all(connection.desktop)

    def find(self, desktop: str, connection: str) -> Connection | None:
        """Give one connection of a desktop, None if there is none."""
        found = self._connections.get(connection)
        return found if found is not None and found.desktop == desktop else None

    def _owner_is_there(self, desktop: str) -> bool:
        return any(each.role == "owner" for each in self.of(desktop))

    def _is_locked(self, connection: Connection) -> bool:
        return connection.role == "control" and not self._owner_is_there(connection.desktop)

    def _send_away(self, desktop: str) -> None:
        for each in self.of(desktop):
            if each.invitation is not None and not each.invitation.unattended:
                self._close(each, "the owner of this desktop has left")

    def _close(self, connection: Connection, why: str) -> None:
        connection.close(why)
        self.leave(connection, why)

    def _invitation_json(self, invitation: Invitation) -> dict[str, object]:
        count = sum(each.invitation is invitation for each in self.of(invitation.desktop))
        return invitation.to_json(count)

    def _note(self, event: str, connection: Connection, **more: object) -> None:
        facts = {"connection": connection.id, "who": connection.who, **more}
        self.audit.note(event, connection.desktop, **facts)

    def _tell_all(self, desktop: str) -> None:
        """Say to each what it may do now, and to owners that the list has changed."""
        for each in self.of(desktop):
            each.changed()
            self.tell(each)

    def _start_timer(self, key: str, seconds: float, then: Callable[[str], object]) -> None:
        self._stop_timer(key)
        loop = asyncio.get_running_loop()
        self._timers[key] = loop.call_later(seconds, then, key)

    def _stop_timer(self, key: str) -> None:
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()
