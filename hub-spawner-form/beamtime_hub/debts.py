"""Jobs that should have been cancelled while Slurm did not answer: they are cancelled later."""

import asyncio
import shlex
import time
from typing import Any

from .commands import CommandError, run
from .marks import find_marked

AGAIN = 15.0
"""Seconds between two attempts."""

MARK = "mark:"
"""Before a job's mark, in place of its number: its sbatch may still be under way."""

LOOKED_FOR = 600.0
"""Seconds after which a job that is known by its mark only will not come any more."""

FORGIVEN = 7 * 86400.0
"""Seconds after which an old number is left alone: it may be another job's by then."""


class Debts:
    """The jobs that one session of a person has left behind.

    Parameters
    ----------
    spawner
        Whose `as_user` runs commands as the user.
    """

    def __init__(self, spawner: Any) -> None:
        self._spawner = spawner
        self._task: asyncio.Task[None] | None = None
        self.owed: dict[str, float] = {}
        """By number or mark of the job: when it should have been cancelled, seconds since 1970."""

    def load(self, owed: dict[str, float]) -> None:
        """Go on after a restart of the hub, when the person's session is looked at again."""
        self.owed = {job_id: at for job_id, at in owed.items() if time.time() - at < FORGIVEN}
        self._start()

    def add(self, job_id: str) -> None:
        """Cancel a job as soon as Slurm answers again."""
        self.owed[job_id] = time.time()
        self._start()

    def _start(self) -> None:
        if self.owed and (self._task is None or self._task.done()):
            self._task = asyncio.ensure_future(self._pay())

    async def _pay(self) -> None:
        while self.owed:
            for owed in list(self.owed):
                try:
                    job_id = await self._number(owed)
                    if job_id is None:
                        continue
                    await run([*self._spawner.as_user(), *self._command(job_id)], deadline=20)
                except CommandError as error:
                    if "Invalid job id" not in str(error):
                        continue
                self._spawner.log.info("%s, which was owed, is cancelled", owed)
                self.owed.pop(owed, None)
            if self.owed:
                await asyncio.sleep(AGAIN)

    async def _number(self, owed: str) -> str | None:
        """Give a job's number; `None` if there is no such job yet, or never will be."""
        if not owed.startswith(MARK):
            return owed
        spawner = self._spawner
        mark = owed.removeprefix(MARK)
        found = await find_marked(spawner.as_user(), spawner.user.name, mark)
        if found is None and time.time() - self.owed[owed] > LOOKED_FOR:
            self.owed.pop(owed)
        return found

    def _command(self, job_id: str) -> list[str]:
        return shlex.split(self._spawner.batch_cancel_cmd.format(job_id=job_id))
