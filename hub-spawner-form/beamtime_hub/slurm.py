"""Sessions as Slurm jobs of the user's own account."""

import asyncio
import pwd
import re
import time
from collections.abc import AsyncIterator
from typing import Any

from batchspawner import JobStatus
from traitlets import Float, Integer

from .ending import ended_early
from .errors import Refused
from .port_report import install_port_handler
from .service import AcceptedPlan
from .slurm_script import unsafe
from .slurm_submit import SubmittedJob
from .slurm_words import Job

install_port_handler()

_SAFE_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")

CANCELLING = 12.0
"""Seconds that scancel may take; after that the job is cancelled as soon as Slurm answers."""

STOPPING = 3.0
"""Seconds that a stop waits for the processes to be gone. Slurm has taken the order by then."""

YEAR = 31_536_000
"""The hub's own time limit for a start. Ours knows a job that waits from one that hangs."""


class BeamtimeSlurmSpawner(SubmittedJob):
    """Runs a session as a job: from the accepted plan to its end."""

    on_cluster = True

    http_timeout = Integer(120, help="Seconds until JupyterLab must answer once its job runs.").tag(
        config=True
    )
    start_timeout = Integer(
        300,
        help="Seconds from the start of the job until its session must have reported. The time "
        "that the job waits in the queue is not counted: see queue_timeout.",
    ).tag(config=True)
    queue_timeout = Integer(
        0,
        help="Seconds that a job may wait in the queue before it is given up. 0: as long as Slurm "
        "lets it; the person may close the page, and cancel at any time.",
    ).tag(config=True)
    startup_poll_interval = Float(1.0, help="Seconds between two looks at a new job.").tag(
        config=True
    )

    _report_timeout: int | None = None

    async def check_account(self) -> None:
        """Refuse a person who has no account here: nothing could be submitted for them."""
        name = self.user.name
        try:
            pwd.getpwnam(name)
        except KeyError:
            raise Refused(
                400,
                f"There is no account {name} on the cluster, so no job can be started for you. "
                "Ask your local contact or the computing support for one.",
            ) from None
        if not _SAFE_ACCOUNT.fullmatch(name):
            raise Refused(400, f"The account name {name!r} cannot be used for jobs.")

    async def apply_plan(self, plan: AcceptedPlan) -> None:
        """Take the plan over; the script is written from it, see `slurm_script`."""
        wrong = unsafe(plan["batch"])
        if wrong is not None:
            raise Refused(500, f"The service planned {wrong}, which is not safe.")
        self.req_partition = plan["batch"]["partition"]
        self.req_runtime = plan["batch"]["runtime"]
        await super().apply_plan(plan)
        if self._report_timeout is None:
            # The hub reads its limit next: a job that waits its turn is not one that hangs.
            self._report_timeout, self.start_timeout = self.start_timeout, YEAR

    async def start(self) -> tuple[str, int]:
        """Submit the job and wait until it runs and has reported its port."""
        if self.plan is None:
            raise Refused(500, "Nothing was checked for this session, so it is not started.")
        self.ip = self.traits()["ip"].default_value
        self.port = 0
        self.job = self.ended = None
        self._starting = True
        if self.server:
            self.server.port = 0
        # Cancelled or not, sbatch comes to its end: nobody else would know the job's number.
        self._submission = asyncio.ensure_future(self._submit())
        await asyncio.shield(self._submission)
        return await self.wait_for_session()

    async def wait_for_session(self) -> tuple[str, int]:
        """Wait until the job runs and has reported; give the address of the session.

        Raises
        ------
        Refused
            The job has ended, hangs, or has waited for longer than the site allows.
        """
        queued_at = time.monotonic()
        while True:
            status = await self.query_job_status()
            if status is JobStatus.NOTFOUND:
                raise ended_early(await self._tell_end())
            if status is JobStatus.RUNNING and self.port:
                break
            self._check_patience(status, queued_at)
            await self._nap()
        self.ip = self.state_gethost() or self.ip
        self._starting = False
        self.log.info(
            "Job %s of %s answers at %s:%s", self.job_id, self.user.name, self.ip, self.port
        )
        return self.ip, self.port

    def _check_patience(self, status: JobStatus, queued_at: float) -> None:
        now = time.monotonic()
        if status is JobStatus.RUNNING:
            self._runs_since = self._runs_since or now
            limit = self._report_timeout or self.start_timeout
            if now - self._runs_since > limit:
                raise Refused(
                    424,
                    f"Job {self.job_id} runs, but JupyterLab has not reported within {limit} "
                    f"seconds, so the job was cancelled. Its output is in {self._log_path()}.",
                )
        elif status is JobStatus.PENDING:
            self._runs_since = None
            if 0 < self.queue_timeout < now - queued_at:
                why = f" Slurm said: {self.job.reason}." if self.job else ""
                raise Refused(
                    424,
                    f"Job {self.job_id} has waited for {self.queue_timeout} seconds, which is as "
                    f"long as this site lets a session wait, and was cancelled.{why}",
                )

    async def _nap(self) -> None:
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), self.startup_poll_interval)
        except asyncio.TimeoutError:
            return

    async def stop(self, now: bool = False) -> None:
        """Cancel the job, and wait until Slurm has let it go."""
        if self._is_submitting and self._submission is not None:
            await asyncio.wait({self._submission})
        if not self.job_id:
            return
        try:
            await asyncio.wait_for(self.cancel_batch_job(), CANCELLING)
        except (RuntimeError, OSError, asyncio.TimeoutError) as error:
            self.log.error("Job %s is not cancelled yet: %s", self.job_id, error)
            self._debts.add(self.job_id)
            return
        if now:
            return
        until = time.monotonic() + STOPPING
        self._fresh = True
        while time.monotonic() < until:
            if await self.query_job_status() is not JobStatus.RUNNING:
                return
            await asyncio.sleep(0.5)

    async def cancel_batch_job(self) -> None:
        """Cancel the job; one that is gone already is no error."""
        try:
            await super().cancel_batch_job()
        except RuntimeError as error:
            if "Invalid job id" not in str(error):
                raise

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """Tell what Slurm says of the job, one line per change."""
        if self.asked_again:
            yield {
                "message": "This session was being started already, so your second request was "
                "not sent. This is the first one."
            }
        told: Job | None = None
        message = ""
        while self.pending == "spawn":
            problem = self.board.problem if self.job_id and self.job else None
            words, percent = self._progress_words()
            if problem:
                words = f"Slurm cannot be asked at the moment; your job is not touched. {problem}"
            elif self.job is not None and not self.job.is_news(told) and told is not None:
                words = message
            if words != message:
                message, told = words, self.job
                yield {"message": message, "progress": percent, "beamtime": self._step()}
            await asyncio.sleep(0.5)

    def _step(self) -> dict[str, str | None]:
        if not self.job_id or self.job is None:
            return {"step": "asked", "job": self.job_id or ""}
        return self.job.step(self.job_id)

    def _progress_words(self) -> tuple[str, int]:
        if not self.job_id:
            return "Asking Slurm for a machine.", 10
        if self.job is None:
            return f"Job {self.job_id} is submitted to {self.req_partition}.", 20
        return self.job.words(self.job_id, self.req_partition)
