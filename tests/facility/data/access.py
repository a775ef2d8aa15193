"""Who owns the sample data and who may read it."""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class Refusal(Exception):
    """The data cannot be made as asked. The message is for the person."""


@dataclass(frozen=True)
class Access:
    """Owners (`None`: whoever runs this) and modes of one experiment's folders."""

    folder_mode: int
    raw_group: int | None
    raw_folder_mode: int
    raw_file_mode: int
    live_folder_mode: int
    processed_user: int | None
    processed_group: int | None
    processed_folder_mode: int
    processed_file_mode: int


def shared_access(user: str | None, group: str | None) -> Access:
    """Everybody reads raw; `processed` belongs to the account that runs all sessions.

    Raises
    ------
    Refusal
        There is no such account, or it is not for us to give files to it.
    """
    if (user or group) and os.geteuid() != 0:
        raise Refusal("Only root can give files to another account: leave --owner-user out.")
    try:
        uid = pwd.getpwnam(user).pw_uid if user else None
        gid = grp.getgrnam(group).gr_gid if group else None
    except KeyError:
        raise Refusal(f"There is no account {user} with group {group} on this machine.") from None
    return Access(0o755, None, 0o555, 0o444, 0o755, uid, gid, 0o755, 0o644)


def group_access(experiment: dict[str, Any], users: list[str], staff: list[str]) -> Access:
    """Make the experiment's Unix group with its members; only they reach its data.

    Once the experiment is released (`experiment["released"]`), everybody reads raw.

    Parameters
    ----------
    users:
        Logins that have an account here; others on the team are left out.
    staff:
        Logins of the instrument's scientists: members as well.
    """
    if os.geteuid() != 0:
        raise Refusal("--unix-groups makes groups, so it must run as root.")
    name = unix_group(experiment)
    team = {person["login"] for person in experiment["team"] if "login" in person}
    members = sorted((team | set(staff)) & set(users))
    unknown = [login for login in members if not _has_account(login)]
    if unknown:
        raise Refusal(f"No account on this machine: {', '.join(unknown)}. Make it, then try again.")
    try:
        now = sorted(grp.getgrnam(name).gr_mem)
    except KeyError:
        subprocess.run(["groupadd", "-f", name], check=True)
        now = []
    if now != members:
        # Sets the whole list: who has left the team loses access.
        subprocess.run(["gpasswd", "-M", ",".join(members), name], check=True)
    gid = grp.getgrnam(name).gr_gid
    if experiment["released"]:
        return Access(0o755, gid, 0o555, 0o444, 0o2755, None, gid, 0o2770, 0o660)
    return Access(0o750, gid, 0o550, 0o440, 0o2750, None, gid, 0o2770, 0o660)


def unix_group(experiment: dict[str, Any]) -> str:
    """Give the name of the experiment's group: at most 32 characters, as Linux wants it."""
    words = [experiment["proposal"], experiment.get("visit", "")]
    safe = re.sub(r"[^a-z0-9]+", "-", "-".join(filter(None, words)).lower())
    return f"bt-{safe}"[:32].rstrip("-")


def _has_account(login: str) -> bool:
    try:
        pwd.getpwnam(login)
    except KeyError:
        return False
    return True


def seal(folder: Path, access: Access) -> None:
    """Give an experiment's folder its owners and modes; raw can then only be read.

    A measurement in progress goes on in `raw/live`, which stays writable for its owner.
    Notebooks and results in `processed` keep the owners they have.
    """
    raw, processed, live = folder / "raw", folder / "processed", folder / "raw" / "live"
    for path in raw.rglob("*"):
        if path.is_dir():
            mode = access.live_folder_mode if path == live else access.raw_folder_mode
        elif path.parent == live:
            mode = access.raw_file_mode | 0o200
        else:
            mode = access.raw_file_mode
        with suppress(FileNotFoundError):  # live.py replaces its file now and then.
            _own(path, None, access.raw_group, mode)
    _own(raw, None, access.raw_group, access.raw_folder_mode)
    _own(processed, access.processed_user, access.processed_group, access.processed_folder_mode)
    _own(folder, None, access.raw_group, access.folder_mode)


def own_result(path: Path, access: Access) -> None:
    """Give a file that goes into `processed` to those who work there."""
    _own(path, access.processed_user, access.processed_group, access.processed_file_mode)


def _own(path: Path, user: int | None, group: int | None, mode: int) -> None:
    if os.geteuid() == 0:
        os.chown(path, 0 if user is None else user, 0 if group is None else group)
    path.chmod(mode)  # After chown, which clears the set-group-ID bit.


def remove_sealed(folder: Path) -> None:
    """Delete a read-only tree of ours."""
    if folder.exists():
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(folder)
