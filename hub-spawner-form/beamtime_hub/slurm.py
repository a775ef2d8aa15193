"""Sessions as Slurm jobs of the user's own account."""

import asyncio
import os
import pwd
import re
import shlex
import shutil
from collections.abc import AsyncIterator
from typing import Any

from batchspawner import JobStatus, SlurmSpawner
from batchspawner.batchspawner import format_template
from sqlalchemy.orm import object_session
from traitlets import Float, Integer, Unicode, default

from .errors import Refused
from .port_report import install_port_handler
from .service import AcceptedPlan
from .slurm_script import BATCH_SCRIPT, prologue
from .slurm_words import ENDED, PENDING, RUNNING, Job, read_job, refusal_words
from .spawner import BeamtimeSpawner, keep_refused

install_port_handler()

_SAFE_VALUE = re.compile(r"[A-Za-z0-9_.:,@+/=-]*")
_SAFE_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")


class BeamtimeSlurmSpawner(BeamtimeSpawner, SlurmSpawner):
    """Submits a session with sbatch and follows its job with squeue, both as the user."""

    on_cluster = True

    batch_script = Unicode(
        BATCH_SCRIPT,
        help="Template (jinja2) of the job's script. It gets the req_* traits, cmd and output.",
    ).tag(config=True)
    batch_query_cmd = Unicode(
        "squeue -h -t all -j {job_id} -o '%T %r %S %B'",
        help="Prints the job's state, reason, expected start and first node.",
    ).tag(config=True)
    state_pending_re = Unicode(f"^(?:{'|'.join(PENDING)})\\b").tag(config=True)
    state_running_re = Unicode(f"^(?:{'|'.join(RUNNING)})\\b").tag(config=True)
    req_srun = Unicode(
        "", help="Runs the session in a job step, if set. A step would take all of the job's cores."
    ).tag(config=True)
    http_timeout = Integer(120, help="Seconds until JupyterLab must answer once its job runs.").tag(
        config=True
    )
    startup_poll_interval = Float(1.0, help="Seconds between two looks at a new job.").tag(
        config=True
    )

    job: Job | None = None
    """What Slurm said last."""

    _output = ""

    @default("exec_prefix")
    def _default_exec_prefix(self) -> str:
        if os.geteuid() != 0 and pwd.getpwuid(os.geteuid()).pw_name == self.user.name:
            return ""
        if os.geteuid() == 0 and shutil.which("sudo") is None:
            return "runuser -u {username} --"
        return "sudo -E -u {username}"

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
        """Set the batch script's variables: the plan's, and no others."""
        for name, value in plan["batch"].items():
            if not isinstance(value, str) or not _SAFE_VALUE.fullmatch(value):
                raise Refused(500, f"The service planned {name}={value!r}, which is not safe.")
            setattr(self, f"req_{name}", value)
        await super().apply_plan(plan)

    def get_req_subvars(self) -> dict[str, str]:
        """Variables of the script, as of now: batchspawner fixes `keepvars` at its first use."""
        subvars: dict[str, str] = super().get_req_subvars()
        kept = [name for name in subvars["keepvars"].split(",") if name]
        subvars["keepvars"] = ",".join(dict.fromkeys([*kept, *self.get_env()]))
        subvars["prologue"] = prologue(subvars["prologue"], self.plan)
        subvars["output"] = self._output
        return subvars

    def cmd_formatted_for_batch(self) -> str:
        """Command line of the session; full paths if the environment has a folder."""
        wrapper = self.batchspawner_singleuser_cmd
        command = self.session_command()
        if self.plan and "environmentPath" in self.plan:
            wrapper = shlex.quote(f"{self.plan['environmentPath']}/{wrapper.rpartition('/')[2]}")
            command[0] = shlex.quote(command[0])
        return " ".join([wrapper, *command, *self.get_args()])

    async def _get_batch_script(self, **_subvars: Any) -> str:
        # What batchspawner passes holds the user_options on top: cmd, prologue, homedir could
        # all come from a REST request. The script sees the traits alone.
        ours = {**self.get_req_subvars(), "cmd": self.cmd_formatted_for_batch()}
        script: str = await super()._get_batch_script(**ours)
        return script

    async def run_command(
        self, cmd: str, input: str | None = None, env: dict[str, str] | None = None
    ) -> str:
        """Run one of Slurm's commands with an environment that the user may see.

        The process runs as the user, who can read its environment: the hub's own secrets
        (batchspawner passes them to squeue and scancel) have no place in it.
        """
        needed = {
            name: os.environ[name]
            for name in ("PATH", "LD_LIBRARY_PATH", "SLURM_CONF")
            if name in os.environ
        }
        output: str = await super().run_command(cmd, input=input, env={**needed, **(env or {})})
        return output

    async def start(self) -> tuple[str, int]:
        """Submit the job and wait until it runs and has reported its port."""
        if self.plan is None:
            raise Refused(500, "Nothing was checked for this session, so it is not started.")
        self.ip = self.traits()["ip"].default_value
        self.port = 0
        self.job = None
        if self.server:
            self.server.port = 0
        self._output = await self._output_file()
        job_id = await self.submit_batch_script()
        if not job_id:
            raise Refused(500, "Slurm took the job but did not say its number.")
        while True:
            status = await self.query_job_status()
            if status is JobStatus.NOTFOUND:
                raise Refused(500, self._ended_words(job_id))
            if status is JobStatus.RUNNING and self.port:
                break
            await asyncio.sleep(self.startup_poll_interval)
        self.ip = self.state_gethost() or self.ip
        self.log.info("Job %s of %s answers at %s:%s", job_id, self.user.name, self.ip, self.port)
        return self.ip, self.port

    async def submit_batch_script(self) -> str:
        """Submit the job, and store its number at once: a hub that dies now still knows it."""
        try:
            job_id: str = await super().submit_batch_script()
        except RuntimeError as error:
            raise keep_refused(self, Refused(400, refusal_words(str(error)))) from error
        if job_id:
            self.orm_spawner.state = self.get_state()
            session = object_session(self.orm_spawner)
            if session is not None:
                session.commit()
        return job_id

    async def _output_file(self) -> str:
        """Where the job's output goes: a folder in the user's home, made by the user."""
        folder = f"{self.req_homedir}/.beamtime"
        make = f"mkdir -p -m 0700 -- {shlex.quote(folder)}"
        prefix = format_template(self.exec_prefix, **self.get_req_subvars())
        try:
            await self.run_command(f"{prefix} {make}".strip())
        except RuntimeError as error:
            self.log.warning("No folder %s for the job's output: %s", folder, error)
            return f"{self.req_homedir}/.beamtime-session-%j.log"
        return f"{folder}/session-%j.log"

    async def query_job_status(self) -> JobStatus:
        """Ask Slurm for the job. No answer is UNKNOWN, never an end: the job may well run."""
        if not self.job_id:
            self.job_status = ""
            return JobStatus.NOTFOUND
        subvars = {**self.get_req_subvars(), "job_id": self.job_id}
        parts = (
            format_template(part, **subvars) for part in (self.exec_prefix, self.batch_query_cmd)
        )
        command = " ".join(parts).strip()
        try:
            self.job_status = await self.run_command(command)
        except RuntimeError as error:
            if "Invalid job id" in str(error):
                self.job_status = ""
                return JobStatus.NOTFOUND
            self.log.warning("Slurm does not tell of job %s: %s", self.job_id, error)
            return JobStatus.UNKNOWN
        except OSError as error:
            self.log.error("squeue cannot be run: %s", error)
            return JobStatus.UNKNOWN
        self.job = read_job(self.job_status) or self.job
        if self.state_isrunning():
            return JobStatus.RUNNING
        if self.state_ispending():
            return JobStatus.PENDING
        if self.job_status == "" or self.job_status.split()[0] in ENDED:
            return JobStatus.NOTFOUND
        return JobStatus.UNKNOWN

    async def poll(self) -> int | None:
        """Say whether the job waits or runs. Before sbatch has answered there is no job to ask."""
        if not self.job_id and self._start_pending:
            return None
        return await super().poll()

    async def cancel_batch_job(self) -> None:
        """Cancel the job; one that is gone already is no error."""
        try:
            await super().cancel_batch_job()
        except RuntimeError as error:
            if "Invalid job id" not in str(error):
                raise

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """Tell what Slurm says of the job, one line per change."""
        told = None
        while self.pending == "spawn":
            message, percent = self._progress_words()
            if message != told:
                told = message
                yield {"message": message, "progress": percent}
            await asyncio.sleep(1)

    def _progress_words(self) -> tuple[str, int]:
        if not self.job_id:
            return "Asking Slurm for a machine.", 10
        if self.job is None:
            return f"Job {self.job_id} is submitted to {self.req_partition}.", 20
        return self.job.words(self.job_id, self.req_partition)

    def _ended_words(self, job_id: str) -> str:
        state = f" Slurm says: {self.job.state} ({self.job.reason})." if self.job else ""
        output = self._output.replace("%j", job_id)
        return (
            f"Job {job_id} ended before JupyterLab answered.{state} "
            f"Its output is on the cluster in {output}."
        )
