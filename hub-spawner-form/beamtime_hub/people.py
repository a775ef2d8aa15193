"""Who asks: a person's names, roles and groups, as the service needs them."""

import asyncio
import grp
import logging
import os
import pwd
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypedDict

from .service import Caller

log = logging.getLogger(__name__)

DEADLINE = 2.0
"""Seconds that the directory service (LDAP, SSSD) may take to name somebody's groups."""

KEPT = 60.0
"""Seconds for which an answer is good."""

# Threads of our own: a directory that hangs must not take all of the hub's.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="beamtime-groups")
_known: dict[str, tuple[float, list[str]]] = {}
_under_way: dict[str, asyncio.Future[list[str]]] = {}


async def caller_of(user: Any, *, on_cluster: bool) -> Caller:
    """Describe a user of the hub to the service.

    Parameters
    ----------
    user
        The hub's `User`.
    on_cluster
        Whether Unix groups matter, as they do for Slurm's partitions.
    """
    return Caller(
        name=user.name,
        admin=bool(user.admin),
        groups=sorted(group.name for group in user.groups),
        unixGroups=await unix_groups(user.name) if on_cluster else None,
    )


class Sessions(TypedDict):
    """A person's sessions: how many may have a name, `None` for any number, and their names."""

    limit: int | None
    names: list[str]


def sessions_of(user: Any, limit: int) -> Sessions | None:
    """Tell of a user's sessions; `None` where the hub has no named ones.

    Parameters
    ----------
    user
        The hub's `User`.
    limit
        `JupyterHub.named_server_limit_per_user`: 0 for any number.
    """
    if not user.settings.get("allow_named_servers"):
        return None
    names = [name for name in user.orm_spawners if name or user.spawner.active]
    return Sessions(limit=limit or None, names=sorted(names))


async def unix_groups(name: str) -> list[str] | None:
    """Give the names of somebody's Unix groups, without holding up the hub.

    Returns
    -------
    Sorted names, at most `KEPT` seconds old; empty for an unknown account; `None` if the
    directory does not answer within `DEADLINE` and never did: Slurm itself then decides.
    """
    at, groups = _known.get(name, (float("-inf"), None))
    if groups is not None and time.monotonic() - at < KEPT:
        return groups
    task = _under_way.get(name)
    if task is None or task.done():
        task = asyncio.get_running_loop().run_in_executor(_threads, _read_groups, name)
        _under_way[name] = task
        task.add_done_callback(lambda done: _keep(name, done))
    done, _ = await asyncio.wait([task], timeout=DEADLINE)
    if not done:
        log.warning("The Unix groups of %s were not named within %s s", name, DEADLINE)
        return groups
    return task.result() if task.exception() is None else groups


def _keep(name: str, task: "asyncio.Future[list[str]]") -> None:
    _under_way.pop(name, None)
    if task.cancelled():
        return
    error = task.exception()
    if error is None:
        _known[name] = (time.monotonic(), task.result())
    else:
        log.warning("The Unix groups of %s cannot be read: %s", name, error)


def _read_groups(name: str) -> list[str]:
    try:
        account = pwd.getpwnam(name)
    except KeyError:
        return []
    names = set()
    for gid in os.getgrouplist(name, account.pw_gid):
        try:
            names.add(grp.getgrgid(gid).gr_name)
        except KeyError:
            continue  # A group without a name cannot be in AllowGroups.
    return sorted(names)
