"""Slurm's words for jobs, read and put into ours."""

import re
from dataclasses import dataclass

PENDING = (
    "PENDING",
    "CONFIGURING",
    "REQUEUED",
    "REQUEUE_FED",
    "REQUEUE_HOLD",
    "RESV_DEL_HOLD",
    "SPECIAL_EXIT",
)
"""States of a job that will run some time."""

RUNNING = ("RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "RESIZING", "SIGNALING", "STAGE_OUT")
"""States of a job that holds machines. A suspended job is not a stopped session."""

ENDED = (
    "BOOT_FAIL",
    "CANCELLED",
    "COMPLETED",
    "DEADLINE",
    "FAILED",
    "NODE_FAIL",
    "OUT_OF_MEMORY",
    "PREEMPTED",
    "REVOKED",
    "TIMEOUT",
)
"""States of a job that is over."""

_REASONS = {
    "Resources": "it is next, and waits for a machine to become free",
    "Priority": "other jobs come first",
    "QOSMaxJobsPerUserLimit": "you have as many jobs as you may have",
    "QOSMaxCpuPerUserLimit": "you use as many cores as you may use",
    "AssocGrpCpuLimit": "your group uses as many cores as it may use",
    "AssocMaxJobsLimit": "you have as many jobs as you may have",
    "ReqNodeNotAvail": "a machine that it needs is out of service or reserved",
    "PartitionDown": "the partition is closed for now",
    "PartitionTimeLimit": "it asks for more time than the partition gives",
    "Reservation": "it waits for its reservation to begin",
    "BeginTime": "it may not begin yet",
    "JobHeldUser": "you have put it on hold",
    "JobHeldAdmin": "an administrator has put it on hold",
}


@dataclass(frozen=True)
class Job:
    """A job as squeue tells of it; `start` is empty while Slurm knows none."""

    state: str
    reason: str
    start: str
    node: str

    def words(self, job_id: str, partition: str) -> tuple[str, int]:
        """Say where the job stands: a sentence, and per cent for the hub's bar."""
        if self.state in ("COMPLETING", *ENDED):
            return f"Job {job_id} is ending ({self.state}).", 90
        if self.state in RUNNING:
            return f"Job {job_id} runs on {self.node}. JupyterLab is starting there.", 60
        if self.state == "CONFIGURING":
            return f"Job {job_id} has its machine, {self.node}, which is being made ready.", 40
        why = _REASONS.get(self.reason.split(",")[0])
        said = "" if self.reason in ("", "None") else f" ({self.reason})"
        text = f"Job {job_id} waits in {partition}{': ' + why if why else ''}{said}."
        if self.start:
            text += f" Slurm expects it to start at {self.start.replace('T', ' ')}."
        return text, 30


def read_job(line: str) -> Job | None:
    """Read a line of `squeue -o '%T %r %S %B'`; the reason may have blanks in it."""
    match = re.fullmatch(r"(\w+) (.*) (\S+) (\S+)", line)
    if match is None:
        return None
    state, reason, start, node = match.groups()
    return Job(state, reason, "" if start == "N/A" else start, node)


def refusal_words(stderr: str) -> str:
    """Say that Slurm refused a job, in sbatch's own words."""
    lines = [
        re.sub(r"^sbatch: (?:error: )?", "", line).strip()
        for line in stderr.splitlines()
        if line.strip() and "--help" not in line
    ]
    said = "; ".join(dict.fromkeys(lines)) or "no reason given"
    return f"Slurm refused the job: {said}"
