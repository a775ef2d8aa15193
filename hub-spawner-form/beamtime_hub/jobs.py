"""What Slurm says of the sessions' jobs: asked once for all of them, by the service.

The hub asks the service once a second while there are sessions, and the service asks Slurm at
most twelve times a minute. While the service is away (and at the hub's start, when it is not
up yet) the hub runs one squeue for all jobs itself, at most every ten seconds.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from .commands import CommandError, run
from .service import ServiceClient, ServiceError
from .slurm_words import FORGOTTEN, Job, read_answer, read_jobs

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two questions to the service."""

DEADLINE = 4.0
"""Seconds that the service may take."""

OWN_LOOK = 10.0
"""Seconds between two questions of our own to Slurm, while the service is away."""

FORGET = 120.0
"""Seconds after which a job that nobody asks for is not asked about any more."""


class JobBoard:
    """Answers for all jobs of one hub.

    Parameters
    ----------
    socket
        Absolute path of the service's socket.
    """

    def __init__(self, socket: str) -> None:
        self._service = ServiceClient(socket)
        self._wanted: dict[str, float] = {}
        self._followers: dict[str, Callable[[], None]] = {}
        self._known: dict[str, Job] = {}
        self._asked: set[str] = set()
        self._at = self._own_at = float("-inf")
        self._asking: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None
        self.problem: str | None = None
        """Why the answers may be old; empty while the service has none yet."""

    async def look(self, job_id: str, *, fresh: bool = False) -> Job | None:
        """Give what is known of a job; `None` while nothing is.

        Parameters
        ----------
        job_id
            Slurm's number of the job.
        fresh
            Something has just happened to it: Slurm is asked as soon as its budget allows.
        """
        now = time.monotonic()
        self._wanted[job_id] = now
        if fresh or now - self._at >= LOOK * 0.9 or job_id not in self._asked:
            for _ in range(2):  # The question that is under way may not have it in it.
                await self._ask(fresh)
                if job_id in self._asked:
                    break
        return self._known.get(job_id)

    def follow(self, job_id: str, tell: Callable[[], None]) -> None:
        """Call `tell` once a second from when a job is seen ending until `unfollow`."""
        self._followers[job_id] = tell
        if self._following is None or self._following.done():
            self._following = asyncio.ensure_future(self._follow())

    def unfollow(self, job_id: str) -> None:
        """Do not watch a job any more."""
        self._followers.pop(job_id, None)

    async def _follow(self) -> None:
        while self._followers:
            await asyncio.sleep(LOOK)
            await self._ask(False)
            for job_id, tell in list(self._followers.items()):
                job = self._known.get(job_id)
                if job is not None and job.is_ending:
                    tell()

    async def _ask(self, fresh: bool) -> None:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.ensure_future(self._ask_now(fresh))
        await asyncio.shield(self._asking)

    async def _ask_now(self, fresh: bool) -> None:
        started = time.monotonic()
        self._wanted = {
            job_id: at for job_id, at in self._wanted.items() if started - at < FORGET
        } | dict.fromkeys(self._followers, started)
        ids = list(self._wanted)
        try:
            answer = await self._service.ask("jobs", {"ids": ids, "fresh": fresh}, DEADLINE)
            self._take(answer)
            self._asked = set(ids)
        except ServiceError as error:
            if started - self._own_at >= OWN_LOOK or not self._asked.issuperset(ids):
                self._own_at = started
                await self._ask_slurm(ids)
            self.problem = self.problem or str(error)
        except Exception:
            # A poll that raises counts as a session that has stopped.
            log.exception("The sessions' jobs cannot be asked about")
            self.problem = "The sessions' jobs cannot be asked about."
        self._at = time.monotonic()

    def _take(self, answer: dict[str, Any]) -> None:
        told, problem = answer.get("jobs"), answer.get("problem")
        self.problem = problem if isinstance(problem, str) else None
        for job_id, text in told.items() if isinstance(told, dict) else ():
            job = read_answer(text)
            if job is not None:
                self._known[job_id] = job
        self._forget()

    async def _ask_slurm(self, ids: list[str]) -> None:
        argv = ["squeue", "-h", "-a", "-t", "all", "-o", "%A|%T|%S|%B|%r"]
        argv.append(f"--jobs={','.join(ids)}")
        try:
            jobs = read_jobs(await run(argv, deadline=12, more={"SLURM_TIME_FORMAT": "%s"}))
            self.problem = None
        except CommandError as error:
            if "Invalid job id" not in str(error):
                self.problem = str(error)
                return
            jobs = {}
        finally:
            self._asked = set(ids)
        self._known.update({job_id: jobs.get(job_id, Job(FORGOTTEN)) for job_id in ids})
        self._forget()

    def _forget(self) -> None:
        for job_id in [known for known in self._known if known not in self._wanted]:
            del self._known[job_id]


_boards: dict[str, JobBoard] = {}


def board_of(socket: str) -> JobBoard:
    """Give the board of the hub whose service has this socket."""
    return _boards.setdefault(socket, JobBoard(socket))
