"""Marks of jobs: by them the job of a hub is found that was killed before sbatch had answered."""

import asyncio
import logging
import secrets
import time
from collections.abc import Sequence

from .commands import CommandError, run

log = logging.getLogger(__name__)

SUBMITTING = 60.0
"""Seconds that an sbatch may take whose hub was killed. Slurm's commands give up sooner."""


def new_mark() -> str:
    """Give a mark that no other job has; it is harmless in any command line."""
    return f"beamtime-{secrets.token_hex(8)}"


async def find_marked(prefix: Sequence[str], user: str, mark: str) -> str | None:
    """Ask Slurm for the number of the job with this mark.

    Parameters
    ----------
    prefix
        What runs a command as the user.
    user
        The job's account.

    Returns
    -------
    The number; `None` if there is no such job, or not yet.

    Raises
    ------
    CommandError
        Slurm does not answer.
    """
    argv = [*prefix, "squeue", "-h", "-a", "-t", "all", "-u", user, "-o", "%A %k"]
    for line in (await run(argv, deadline=12)).splitlines():
        job_id, _, comment = line.partition(" ")
        if comment.strip() == mark:
            return job_id
    return None


async def wait_for_marked(prefix: Sequence[str], user: str, mark: str, until: float) -> str | None:
    """Look for the job with this mark until it is there, or it is `until` (seconds since 1970)."""
    while time.time() < until:
        try:
            found = await find_marked(prefix, user, mark)
        except CommandError as error:
            log.warning("Slurm does not tell of the job that was being submitted: %s", error)
            found = None
        if found is not None:
            return found
        await asyncio.sleep(1.0)
    return None
