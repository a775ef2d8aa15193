"""Unix groups, as the operating system names them."""

import grp
import os
import pwd
import threading

import pytest
from beamtime_hub import people


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "_known", {})
    monkeypatch.setattr(people, "_under_way", {})


async def test_names_the_groups_that_the_system_names() -> None:
    me = pwd.getpwuid(os.geteuid())
    groups = [grp.getgrgid(gid).gr_name for gid in os.getgrouplist(me.pw_name, me.pw_gid)]
    assert await people.unix_groups(me.pw_name) == sorted(set(groups))


async def test_an_unknown_account_has_no_groups() -> None:
    assert await people.unix_groups("no-such-account") == []


async def test_asks_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read(name: str) -> list[str]:
        asked.append(name)
        return ["staff"]

    monkeypatch.setattr(people, "_read_groups", read)
    assert await people.unix_groups("alice") == ["staff"]
    assert await people.unix_groups("alice") == ["staff"]
    assert asked == ["alice"]
    monkeypatch.setattr(people, "KEPT", 0.0)
    await people.unix_groups("alice")
    assert asked == ["alice", "alice"]


async def test_a_directory_that_hangs_does_not_hold_up_the_hub(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = threading.Event()

    def hang(name: str) -> list[str]:
        answered.wait(30)
        return ["late"]

    monkeypatch.setattr(people, "_read_groups", hang)
    monkeypatch.setattr(people, "DEADLINE", 0.05)
    assert await people.unix_groups("alice") is None
    answered.set()
    monkeypatch.setattr(people, "DEADLINE", 30.0)
    assert await people.unix_groups("alice") == ["late"]
