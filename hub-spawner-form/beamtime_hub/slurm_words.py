"""Slurm's words for jobs, read and put into ours."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

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

FORGOTTEN = "FORGOTTEN"
"""Our word for a job that Slurm was asked for and does not know, or no longer."""

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
    "Nodes required for job are DOWN": "the machines that it needs are out of service",
    "PartitionDown": "the partition is closed for now",
    "PartitionInactive": "the partition is closed for now",
    "PartitionTimeLimit": "it asks for more time than the partition gives",
    "PartitionNodeLimit": "it asks for more machines than the partition gives",
    "AccountNotAllowed": "its account may not use this partition",
    "QOSNotAllowed": "its QOS may not use this partition",
    "Reservation": "it waits for its reservation to begin",
    "ReservationDeleted": "its reservation is gone",
    "Dependency": "it waits for another job",
    "BeginTime": "it may not begin yet",
    "JobHeldUser": "you have put it on hold",
    "JobHeldAdmin": "an administrator has put it on hold",
    "BadConstraints": "no machine is as it asks",
    "Licenses": "it waits for a licence",
}

_SAME = timedelta(minutes=5)
"""Slurm's estimate moves by seconds all the time; less than this is no news."""


@dataclass(frozen=True)
class Job:
    """A job as Slurm tells of it.

    `start` is when it started or is expected to, if Slurm knows; `node` is its first machine,
    empty while it has none; `exit_code` is Slurm's `status:signal`, empty where unknown.
    """

    state: str
    reason: str = "None"
    start: datetime | None = None
    node: str = ""
    exit_code: str = ""

    @property
    def line(self) -> str:
        """As `squeue -o '%T %r %S %B'` would print it, for batchspawner's expressions."""
        start = f"{self.start:%Y-%m-%dT%H:%M:%S}" if self.start else "N/A"
        return f"{self.state} {self.reason} {start} {self.node or 'n/a'}"

    @property
    def is_ending(self) -> bool:
        """Whether it is over, or its processes are just being ended."""
        return self.state in (*ENDED, "COMPLETING", FORGOTTEN)

    @property
    def slurm_words(self) -> str:
        """State and reason, as Slurm has them."""
        if self.state == FORGOTTEN:
            return ""
        return f"{self.state} ({self.reason})" if self.reason not in ("", "None") else self.state

    @property
    def why(self) -> str:
        """Why it waits, in our words; empty where we have none."""
        return _REASONS.get(re.split("[,(]", self.reason)[0].strip(), "")

    def step(self, job_id: str) -> dict[str, str | None]:
        """Say the same as `words` in parts, for a page of ours."""
        waits = self.state in PENDING and self.state != "CONFIGURING"
        return {
            "step": "waiting" if waits else "starting",
            "job": job_id,
            "why": self.why if waits else "",
            "slurm": self.reason if waits and self.reason != "None" else "",
            "start": self.start.astimezone().isoformat() if waits and self.start else None,
            "node": self.node,
        }

    def words(self, job_id: str, partition: str) -> tuple[str, int]:
        """Say where the job stands: a sentence, and per cent for the hub's bar."""
        if self.is_ending:
            said = f" ({self.state})" if self.state != FORGOTTEN else ""
            return f"Job {job_id} is ending{said}.", 90
        if self.state in RUNNING:
            return f"Job {job_id} runs on {self.node}. JupyterLab is starting there.", 60
        if self.state == "CONFIGURING":
            return f"Job {job_id} has its machine, {self.node}, which is being made ready.", 40
        why = self.why
        said = "" if self.reason in ("", "None") else f" (Slurm says: {self.reason})"
        text = f"Job {job_id} waits in {partition}{': ' + why if why else ''}{said}."
        if self.start:
            text += f" Slurm expects it to start {_at(self.start)}."
        return f"{text} You may close this page: your place is kept.", 30

    def is_news(self, before: "Job | None") -> bool:
        """Whether there is something to tell that was not so before."""
        if before is None or (self.state, self.reason, self.node) != (
            before.state,
            before.reason,
            before.node,
        ):
            return True
        if self.state in RUNNING or self.start == before.start:
            return False
        return self.start is None or before.start is None or abs(self.start - before.start) >= _SAME


def _at(when: datetime) -> str:
    local = when.astimezone()
    today = datetime.now().astimezone().date()
    return f"at {local:%H:%M}" if local.date() == today else f"on {local:%d %B at %H:%M}"


def read_job(line: str) -> Job | None:
    """Read a line of `squeue -o '%T %r %S %B'`; the reason may have blanks in it."""
    match = re.fullmatch(r"(\w+) (.*) (\S+) (\S+)", line)
    if match is None:
        return None
    state, reason, start, node = match.groups()
    return Job(state, reason, _instant(start), _machine(node))


def read_jobs(text: str) -> dict[str, Job]:
    """Read lines of `squeue -o '%A|%T|%S|%B|%r'`, by the job's number."""
    jobs = {}
    for line in text.splitlines():
        job_id, *columns = line.split("|", 4)
        if len(columns) == 4:
            state, start, node, reason = columns
            jobs[job_id] = Job(state, reason, _instant(start), _machine(node))
    return jobs


def read_record(text: str) -> Job | None:
    """Read what `scontrol -o show job` prints."""
    found = {
        key: match.group(1)
        for key in ("JobState", "Reason", "ExitCode", "BatchHost")
        if (match := re.search(rf"(?:^|\s){key}=(\S*)", text))
    }
    if "JobState" not in found:
        return None
    return Job(
        found["JobState"],
        found.get("Reason", "None"),
        node=found.get("BatchHost", ""),
        exit_code=found.get("ExitCode", ""),
    )


def read_account(text: str) -> Job | None:
    """Read the first line of `sacct -n -X -P -o State,ExitCode`, `CANCELLED by 1000|0:0`."""
    match = re.match(r"(\w+)[^|\n]*\|(\d+:\d+)", text)
    return Job(match.group(1), exit_code=match.group(2)) if match else None


def _instant(text: str) -> datetime | None:
    if re.fullmatch(r"[1-9]\d{0,11}", text):
        return datetime.fromtimestamp(int(text)).astimezone()
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return None  # `N/A`, or a format of the site's own.


def _machine(text: str) -> str:
    return "" if text.lower() in ("n/a", "(null)", "none") else text


def read_answer(answer: object) -> Job | None:
    """Read a job of the service's answer; `None` stands for one that Slurm does not know."""
    if answer is None:
        return Job(FORGOTTEN)
    if not isinstance(answer, dict) or not isinstance(answer.get("state"), str):
        return None
    start, reason, node = (answer.get(key) for key in ("start", "reason", "node"))
    return Job(
        answer["state"],
        reason if isinstance(reason, str) else "None",
        _instant(start) if isinstance(start, str) else None,
        node if isinstance(node, str) else "",
    )


def is_away(stderr: str) -> bool:
    """Whether Slurm's own words say that its controller does not answer."""
    return bool(
        re.search(
            "Unable to contact slurm controller|Socket timed out|Connection (refused|timed out)"
            "|slurm_(?:receive|send).*(?:timed out|error)|Zero Bytes",
            stderr,
            re.IGNORECASE,
        )
    )


def said(stderr: str) -> str:
    """Put what one of Slurm's commands said into one line, without its name before it."""
    lines = [
        re.sub(r"^(?:sbatch|scancel|squeue): (?:error: )?", "", line).strip()
        for line in stderr.splitlines()
        if line.strip() and "--help" not in line
    ]
    return "; ".join(dict.fromkeys(lines)) or "no reason given"


def refusal_words(stderr: str) -> str:
    """Say that Slurm refused a job, in sbatch's own words."""
    return f"Slurm refused the job: {said(stderr)}"


def away_words(stderr: str) -> str:
    """Say that Slurm could not be asked to take a job, in sbatch's own words."""
    return (
        "Slurm does not answer, so no session can be started now. Sessions that run are not "
        f"touched. Your choices are kept: try again in a few minutes. Slurm says: {said(stderr)}"
    )
