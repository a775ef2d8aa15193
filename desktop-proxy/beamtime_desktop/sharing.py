"""The part of the gateway's JSON API with which the owner shares a desktop.

    GET    api/desktops/NAME/connections      {"connections": [Connection]}
    PATCH  api/desktops/NAME/connections/ID   {role} -> Connection
    DELETE api/desktops/NAME/connections/ID   204: closed at once
    GET    api/desktops/NAME/invitations      {"invitations": [Invitation]}
    POST   api/desktops/NAME/invitations      {role, minutes, who?, unattended?}
                                              -> Invitation with its code
    DELETE api/desktops/NAME/invitations/ID   204: revoked, its connections closed
    GET    api/audit?desktop=NAME             {"events": [...]}, see `audit`

Each needs a ticket of the owner for that desktop, reading too.
"""

from __future__ import annotations

from typing import Any

from .api import JsonHandler, Refused
from .company import CompanyError
from .desktops import NAME
from .invitations import GuestRole

LONGEST_MINUTES = 7 * 24 * 60
LONGEST_NAME = 80


class ConnectionsHandler(JsonHandler):
    """`api/desktops/NAME/connections`: who looks on."""

    def get(self, desktop: str) -> None:
        """List them."""
        self.require_owner(desktop)
        found = self.company.of(desktop)
        self.finish({"connections": [self.company.connection_json(each) for each in found]})


class ConnectionHandler(JsonHandler):
    """`api/desktops/NAME/connections/ID`: one of them."""

    def patch(self, desktop: str, connection: str) -> None:
        """Let a guest do more or less."""
        self.require_owner(desktop)
        wish = self.read_object()
        found = self.company.find(desktop, connection)
        if found is None:
            raise Refused(404, "This connection has ended.")
        if wish.keys() != {"role"}:
            raise Refused(400, "Only a connection's role can be changed.")
        try:
            self.company.set_role(found, _role(wish))
        except CompanyError as error:
            raise Refused(403, str(error)) from error
        self.finish(self.company.connection_json(found))

    def delete(self, desktop: str, connection: str) -> None:
        """Close it."""
        self.require_owner(desktop)
        if not self.company.eject(desktop, connection):
            raise Refused(404, "This connection has ended.")
        self.set_status(204)


class InvitationsHandler(JsonHandler):
    """`api/desktops/NAME/invitations`: who may look on."""

    def get(self, desktop: str) -> None:
        """List them."""
        self.require_owner(desktop)
        self.finish({"invitations": self.company.invitations(desktop)})

    def post(self, desktop: str) -> None:
        """Make one."""
        self.require_owner(desktop)
        if self.desktops.get(desktop) is None:
            raise Refused(404, f"There is no desktop {desktop}.")
        wish = self.read_object()
        unknown = wish.keys() - {"role", "minutes", "who", "unattended"}
        if unknown:
            raise Refused(400, f"Not known: {', '.join(sorted(unknown))}.")
        role, minutes, who = _role(wish), _minutes(wish), _who(wish)
        unattended = wish.get("unattended", False)
        if not isinstance(unattended, bool):
            raise Refused(400, "unattended must be true or false.")
        try:
            made = self.company.invite(desktop, role, minutes, who, unattended)
        except CompanyError as error:
            raise Refused(409, str(error)) from error
        self.finish(made)


class InvitationHandler(JsonHandler):
    """`api/desktops/NAME/invitations/ID`: one of them."""

    def delete(self, desktop: str, invitation: str) -> None:
        """Revoke it."""
        self.require_owner(desktop)
        if not self.company.revoke(desktop, invitation):
            raise Refused(404, "This invitation has ended.")
        self.set_status(204)


class AuditHandler(JsonHandler):
    """`api/audit`: what happened, for the owner to read."""

    def get(self) -> None:
        """List it."""
        desktop = self.get_query_argument("desktop")
        if not NAME.fullmatch(desktop):
            raise Refused(400, "There is no such desktop.")
        self.require_owner(desktop)
        self.finish({"events": self.company.audit.events(desktop)})


def routes(shared: dict[str, object]) -> list[tuple[str, type[JsonHandler], dict[str, object]]]:
    """Give the paths and what answers there."""
    one, part = rf"/api/desktops/({NAME.pattern})", r"([0-9a-f]{1,32})"
    return [
        (f"{one}/connections", ConnectionsHandler, shared),
        (f"{one}/connections/{part}", ConnectionHandler, shared),
        (f"{one}/invitations", InvitationsHandler, shared),
        (f"{one}/invitations/{part}", InvitationHandler, shared),
        ("/api/audit", AuditHandler, shared),
    ]


def _role(wish: dict[str, Any]) -> GuestRole:
    role = wish.get("role")
    if role == "control":
        return "control"
    if role == "view":
        return "view"
    raise Refused(400, "A guest's role is control or view.")


def _minutes(wish: dict[str, Any]) -> int:
    minutes = wish.get("minutes")
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        raise Refused(400, "minutes must be a whole number.")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused(400, f"An invitation is for 1 to {LONGEST_MINUTES} minutes.")
    return minutes


def _who(wish: dict[str, Any]) -> str | None:
    who = wish.get("who")
    if who is None:
        return None
    if not isinstance(who, str) or len(who) > LONGEST_NAME or not who.isprintable():
        raise Refused(400, f"who is a name of at most {LONGEST_NAME} characters.")
    return who.strip() or None
