"""A ticket is good once, for 30 seconds, for one desktop, and cannot be made."""

from __future__ import annotations

import base64
import json
import os

import pytest
from beamtime_desktop.tickets import LIFETIME, Ticket, TicketError, TicketOffice, mint

SECRET = os.urandom(32)
OWNER = Ticket("main", "ada")


def test_is_good_once() -> None:
    office, text = TicketOffice(SECRET), mint(SECRET, OWNER)
    assert office.take(text, "main") == OWNER
    with pytest.raises(TicketError, match="used before"):
        office.take(text, "main")


def test_is_good_for_its_lifetime() -> None:
    office = TicketOffice(SECRET)
    now = 1_000.0
    assert office.take(mint(SECRET, OWNER, now), "main", now + LIFETIME) == OWNER
    with pytest.raises(TicketError, match="out of date"):
        office.take(mint(SECRET, OWNER, now), "main", now + LIFETIME + 0.1)


def test_is_not_good_again_after_others_were_forgotten() -> None:
    office, text = TicketOffice(SECRET), mint(SECRET, OWNER, 1_000.0)
    office.take(text, "main", 1_000.0)
    office.take(mint(SECRET, OWNER, 1_031.0), "main", 1_031.0)
    with pytest.raises(TicketError):
        office.take(text, "main", 1_031.0)


def test_is_for_one_desktop() -> None:
    with pytest.raises(TicketError, match="another desktop"):
        TicketOffice(SECRET).take(mint(SECRET, OWNER), "other")


def test_carries_a_guests_invitation() -> None:
    guest = Ticket("main", "bob", "the code")
    assert TicketOffice(SECRET).take(mint(SECRET, guest), "main") == guest


def forged_owner() -> str:
    body, _, signature = mint(SECRET, Ticket("main", "bob", "code")).partition(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["invitation"] = None
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()
    return f"{forged.rstrip('=')}.{signature}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="none"),
        pytest.param("a.b.c", id="nonsense"),
        pytest.param("é.é", id="not ASCII"),
        pytest.param(mint(SECRET, OWNER).partition(".")[0] + ".", id="unsigned"),
        pytest.param(mint(b"other" * 8, OWNER), id="signed with another secret"),
        pytest.param(forged_owner(), id="a guest made an owner after signing"),
    ],
)
def test_cannot_be_forged(text: str) -> None:
    with pytest.raises(TicketError, match="not given by your session"):
        TicketOffice(SECRET).take(text, "main")
