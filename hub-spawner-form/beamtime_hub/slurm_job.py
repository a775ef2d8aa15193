"""A session's job: what is kept of it, how it stands, and how it ended."""

import asyncio
import shlex
import time
from typing import Any

from batchspawner import JobStatus, SlurmSpawner
from batchspawner.batchspawner import format_template
from sqlalchemy.orm import object_session
from traitlets import Unicode

from . import ending
from .debts import MARK, Debts
from .jobs import JobBoard, board_of
from .marks import SUBMITTING, wait_for_marked
from .port_report import hash_of
from .resuming import resume
from .slurm_words import ENDED, FORGOTTEN, PENDING, RUNNING, Job, read_job
from .spawner import BeamtimeSpawner

OWN_LOOK = 15.0
"""Seconds between two questions for one job alone, where the board cannot tell."""

LOOKS_FOR_END = 3
"""How often Slurm is asked for a job alone that has reported its end, a second apart."""

ENDING = 1.0
"""Seconds for which a job may be COMPLETING before its end is told. Slurm knows the exit code then;
JupyterLab may take half a minute to shut down."""

_own_looks = asyncio.Semaphore(4)


class FollowedJob(BeamtimeSpawner, SlurmSpawner):
    """Follows the session's job on the board of all jobs."""

    batch_query_cmd = Unicode(
        "squeue -h -t all -j {job_id} -o '%T %r %S %B'",
        help="Prints one job's state, reason, start and first node. Run as the user, at most "
        "every 15 seconds, where the service and the hub cannot see the job.",
    ).tag(config=True)
    state_pending_re = Unicode(f"^(?:{'|'.join(PENDING)})\\b").tag(config=True)
    state_running_re = Unicode(f"^(?:{'|'.join(RUNNING)})\\b").tag(config=True)

    job: Job | None = None
    """What Slurm said last."""

    ended: ending.Ended | None = None
    token_hash = ""
    was_starting = False
    """Whether the hub was ended while this session was being started."""

    _mark = ""
    _marked_at = 0.0
    _output = ""
    _starting = False
    _fresh = False
    _ending_since: float | None = None
    _runs_since: float | None = None
    _over: Job | None = None
    _own_looked_at = float("-inf")
    _submission: "asyncio.Task[str] | None" = None
    _own_look: "asyncio.Task[None] | None" = None
    _poll_task: "asyncio.Future[Any] | None" = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._news = asyncio.Event()
        self._end_lock = asyncio.Lock()
        self._debts = Debts(self)

    @property
    def board(self) -> JobBoard:
        """What is known of all jobs."""
        return board_of(self.service_socket)

    def as_user(self) -> list[str]:
        """Give what runs a command as the user, as arguments."""
        return shlex.split(format_template(self.exec_prefix, **self.get_req_subvars()))

    # What is kept in the hub's database.

    def get_state(self) -> dict[str, Any]:
        """Keep what finds the job again after a restart of the hub, and how the last one ended."""
        state: dict[str, Any] = super().get_state()
        if self._mark and not self.job_id:
            state["submitting"] = [self._mark, self._marked_at]
        if self.job_id or self._mark:
            state["output"] = self._output
            state["partition"] = self.req_partition
            state["runtime"] = self.req_runtime
            state["token_hash"] = hash_of(self.api_token or "") or self.token_hash
            state["starting"] = self._starting
            if self._starting and self.port:
                state["port"] = self.port
        if self.ended is not None:
            state["ended"] = self.ended
        if self._debts.owed:
            state["owed"] = self._debts.owed
        return state

    def load_state(self, state: dict[str, Any]) -> None:
        """Know the job again."""
        super().load_state(state)
        self._mark, self._marked_at = state.get("submitting", ("", 0.0))
        self._output = state.get("output", "")
        if "partition" in state:
            self.req_partition, self.req_runtime = state["partition"], state.get("runtime", "")
        self.token_hash = state.get("token_hash", "")
        self.was_starting = self._starting = bool(state.get("starting"))
        if self.was_starting:
            self.port = state.get("port", 0)
        self.ended = state.get("ended")
        self._debts.load(state.get("owed", {}))

    def clear_state(self) -> None:
        """Forget the job; how it ended is kept."""
        if self.job_id:
            self.board.unfollow(self.job_id)
        super().clear_state()
        self.job = None
        self._mark = ""
        self._starting = self.was_starting = False
        self._ending_since = self._runs_since = self._over = None

    def _store(self) -> None:
        """Write the state at once: a hub that dies now still knows the job."""
        self.orm_spawner.state = self.get_state()
        session = object_session(self.orm_spawner)
        if session is not None:
            session.commit()

    # What becomes of the job.

    async def query_job_status(self) -> JobStatus:
        """Say how the job stands. No answer is UNKNOWN, never an end: the job may well run."""
        if not self.job_id:
            self.job_status = ""
            return JobStatus.NOTFOUND
        if self._over is not None:
            self.job = self._over
            return JobStatus.NOTFOUND
        fresh, self._fresh = self._fresh, False
        job = await self.board.look(self.job_id, fresh=fresh)
        if job is None or job.state == FORGOTTEN:
            # It may be hidden from the service, which is not the user.
            return await self._ask_as_user(job, fresh)
        self.job, self.job_status = job, job.line
        return self._status()

    async def _ask_as_user(self, known: Job | None, fresh: bool) -> JobStatus:
        now = time.monotonic()
        if (
            (known is None and self.board.problem is None)
            or now - self._own_looked_at < (1.0 if fresh else OWN_LOOK)
            or _own_looks.locked()
        ):
            return self._status() if self.job_status and known else JobStatus.UNKNOWN
        self._own_looked_at = now
        subvars = {**self.get_req_subvars(), "job_id": self.job_id}
        parts = (
            format_template(part, **subvars) for part in (self.exec_prefix, self.batch_query_cmd)
        )
        try:
            async with _own_looks:
                self.job_status = await self.run_command(" ".join(parts).strip())
        except RuntimeError as error:
            if "Invalid job id" in str(error):
                return self._is_gone()
            self.log.warning("Slurm does not tell of job %s: %s", self.job_id, error)
            return JobStatus.UNKNOWN
        except OSError as error:
            self.log.error("squeue cannot be run: %s", error)
            return JobStatus.UNKNOWN
        if self.job_status == "":
            return self._is_gone()
        self.job = read_job(self.job_status) or self.job
        return self._status()

    def _is_gone(self) -> JobStatus:
        self.job, self.job_status = Job(FORGOTTEN), ""
        return JobStatus.NOTFOUND

    def _status(self) -> JobStatus:
        state = self.job_status.split()[0] if self.job_status else ""
        if state in ENDED:
            return JobStatus.NOTFOUND
        if state == "COMPLETING":
            self._ending_since = self._ending_since or time.monotonic()
            if time.monotonic() - self._ending_since > ENDING:
                return JobStatus.NOTFOUND
            self._fresh = True
        if self.state_isrunning():
            return JobStatus.RUNNING
        if self.state_ispending():
            return JobStatus.PENDING
        return JobStatus.UNKNOWN

    async def poll(self) -> int | None:
        """Say whether the job waits or runs. Before sbatch has answered there is no job to ask."""
        if not self.job_id and (self._start_pending or self._is_submitting):
            return None
        async with self._end_lock:
            if self._mark and not self.job_id:
                await self._find_submitted()
            if await self.query_job_status() is not JobStatus.NOTFOUND:
                if self.was_starting and self._check_pending:
                    self.was_starting = False
                    resume(self)
                    return 0  # It has no server now: the hub does nothing with this.
                return None
            if self.job_id:
                if self.ended is None or self.ended["job"] != self.job_id:
                    await self._tell_end()
                self.clear_state()
        return 1

    async def _find_submitted(self) -> None:
        """Find the job whose sbatch had not answered yet when the hub was killed."""
        until = self._marked_at + SUBMITTING
        found = await wait_for_marked(self.as_user(), self.user.name, self._mark, until)
        if found is None:
            self._debts.add(f"{MARK}{self._mark}")
        self.job_id = found or ""
        self._mark = ""
        self._store()

    async def _tell_end(self) -> ending.Ended:
        """Find out why the job has ended, and keep it for the person."""
        job_id, path, prefix = self.job_id, self._log_path(), self.as_user()
        record, log = await asyncio.gather(
            self._record(prefix, job_id),
            ending.end_of_log(prefix, path),
        )
        self.ended = ending.describe(self.name, job_id, record, log, path, self.req_runtime)
        self.log.warning(
            "Job %s of %s has ended: %s %s",
            job_id,
            self._log_name,
            record.slurm_words,
            self.ended["reason"],
        )
        return self.ended

    async def _record(self, prefix: list[str], job_id: str) -> Job:
        known = self.job or Job(FORGOTTEN)
        return self._over or await ending.last_record(prefix, job_id, known)

    def _log_path(self) -> str:
        return self._output.replace("%j", self.job_id)

    def start_polling(self) -> None:
        """Watch the job; the hub's own poll is there should the watch fail."""
        super().start_polling()
        if self.job_id:
            self.board.follow(self.job_id, self._poll_soon)

    def stop_polling(self) -> None:
        """Do not watch the job any more."""
        if self.job_id:
            self.board.unfollow(self.job_id)
        super().stop_polling()

    def _poll_soon(self) -> None:
        if self._poll_task is None or self._poll_task.done():
            self._poll_task = asyncio.ensure_future(self.poll_and_notify())

    @property
    def _is_submitting(self) -> bool:
        return self._submission is not None and not self._submission.done()

    def port_was_reported(self) -> None:
        """Take note that the session has reported its port: it runs."""
        self._fresh = True
        self._store()
        self._news.set()

    def end_was_reported(self) -> None:
        """Take note that the job's script is about to end; Slurm will say so in a moment."""
        if self.job_id and self._ending_since is None:
            self._ending_since = time.monotonic()
            self._own_look = asyncio.ensure_future(self._look_for_end())

    async def _look_for_end(self) -> None:
        """Ask for this one job what is asked at its end anyway; the next squeue may be far."""
        job_id = self.job_id
        for _ in range(LOOKS_FOR_END):
            await asyncio.sleep(1.0)
            if self.job_id != job_id:
                return
            async with _own_looks:
                record = await ending.last_record(self.as_user(), job_id, Job(""))
            if self.job_id == job_id and record.state in ENDED:
                self._over = record
                break
        self._fresh = True
        self._news.set()
        if self._poll_callback is not None:
            self._poll_soon()
