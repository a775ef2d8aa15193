"""Why a session has ended, told to the person whose it was."""

import html
import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Literal, TypedDict

from .commands import CommandError, run
from .errors import Refused
from .slurm_words import FORGOTTEN, Job, read_account, read_record

DEADLINE = 3.0
"""Seconds that Slurm, or a home folder that hangs, may take to tell why."""

MOST = 8192
"""Bytes of the job's output that are shown."""

NEWS = timedelta(days=7)
"""After this, how a session ended is no news any more."""

Kind = Literal[
    "cancelled", "timeout", "memory", "machine", "preempted", "failed", "finished", "gone"
]

_KINDS: dict[str, Kind] = {
    "BOOT_FAIL": "machine",
    "CANCELLED": "cancelled",
    "COMPLETED": "finished",
    "DEADLINE": "timeout",
    "FAILED": "failed",
    "NODE_FAIL": "machine",
    "OUT_OF_MEMORY": "memory",
    "PREEMPTED": "preempted",
    "REVOKED": "cancelled",
    "TIMEOUT": "timeout",
}
_KINDS_BY_REASON: dict[str, Kind] = {
    "TimeLimit": "timeout",
    "OutOfMemory": "memory",
    "NodeDown": "machine",
    "NodeFail": "machine",
    "NonZeroExitCode": "failed",
}
# Both are written by slurmstepd. The user could write them too, and would fool nobody but
# themselves.
_ORDER = re.compile(r"\*\*\* (?:JOB|STEP) (\d+)\S* ON \S+ CANCELLED AT \S+(?: DUE TO ([A-Z ]+))?")
"""What slurmstepd writes when it is told to end a job (`_rpc_signal_tasks` of slurmd)."""
_KINDS_BY_ORDER: dict[str, Kind] = {
    "TIME LIMIT": "timeout",
    "PREEMPTION": "preempted",
    "NODE FAILURE": "machine",
}
_MEMORY = re.compile(r"exceeded (?:job |step )?memory limit|oom.?kill|Out Of Memory", re.IGNORECASE)


class Ended(TypedDict):
    """How a session ended. `log` is the end of its output; empty where it cannot be read."""

    server: str
    job: str
    kind: Kind
    reason: str
    slurm: str
    when: str
    log: str
    logPath: str


def describe(server: str, job_id: str, job: Job, log: str, path: str, time: str) -> Ended:
    """Put together what is told.

    Parameters
    ----------
    server
        The session's name; empty for the default one.
    job_id, job
        The job, as Slurm told of it last.
    log, path
        The end of its output, and where all of it is.
    time
        How long the session might have been, as Slurm writes it; empty if unknown.
    """
    kind = _kind(job, job_id, log)
    return Ended(
        server=server,
        job=job_id,
        kind=kind,
        reason=_reason(kind, job, job_id, time),
        slurm=job.slurm_words,
        when=datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z"),
        log=log,
        logPath=path,
    )


def is_news(ended: Ended | None) -> bool:
    """Whether it ended lately."""
    if ended is None:
        return False
    try:
        when = datetime.fromisoformat(ended["when"].replace("Z", "+00:00"))
    except (KeyError, ValueError):
        return False
    return datetime.now(timezone.utc) - when < NEWS


def _ordered(job_id: str, log: str) -> Kind | None:
    """Say why Slurm ended a job, from its output: a job that is COMPLETING has no other word."""
    orders = [why for job, why in _ORDER.findall(log) if job == job_id]
    return _KINDS_BY_ORDER.get(orders[-1].strip(), "cancelled") if orders else None


def _kind(job: Job, job_id: str, log: str) -> Kind:
    kind = _KINDS.get(job.state) or _KINDS_BY_REASON.get(job.reason) or _ordered(job_id, log)
    if kind is None:
        status, _, signal = job.exit_code.partition(":")
        if status not in ("", "0"):
            kind = "failed"
        elif signal not in ("", "0"):
            kind = "cancelled"
        elif job.state == "COMPLETING" and job.exit_code:
            kind = "finished"
        else:
            kind = "gone"
    if kind in ("cancelled", "failed", "gone") and _MEMORY.search(log):
        return "memory"
    return kind


def _reason(kind: Kind, job: Job, job_id: str, time: str) -> str:
    where = f" {job.node}" if job.node else ""
    code = job.exit_code.partition(":")[0]
    code = f" with exit status {code}" if code not in ("", "0") else ""
    return {
        "cancelled": f"Job {job_id} was cancelled, by you or by an administrator.",
        "timeout": (
            f"Its time{f' of {time}' if time else ''} was up, and Slurm ended job {job_id}. "
            "Ask for more time next time."
        ),
        "memory": (
            f"Job {job_id} used more memory than it had asked for, and Slurm ended it. "
            "Ask for more memory next time."
        ),
        "machine": f"The machine{where} failed, and job {job_id} with it.",
        "preempted": f"Job {job_id} had to make room for a job of higher priority.",
        "failed": f"The session's program ended{code}. The end of its output says more.",
        "finished": "JupyterLab was shut down.",
        "gone": f"Slurm does not know job {job_id} any more, and does not say why.",
    }[kind]


async def last_record(prefix: Sequence[str], job_id: str, job: Job) -> Job:
    """Ask Slurm what became of this one job, as its user.

    Returns
    -------
    What Slurm says; what is known already where it does not.
    """
    try:
        text = await run([*prefix, "scontrol", "-o", "show", "job", job_id], deadline=DEADLINE)
        record = read_record(text)
    except CommandError:
        record = None
    if record is None and job.state == FORGOTTEN:
        asked = ["sacct", "-n", "-X", "-P", "-j", job_id, "-o", "State,ExitCode"]
        try:
            record = read_account(await run([*prefix, *asked], deadline=DEADLINE))
        except CommandError:
            record = None
    return record or job


async def end_of_log(prefix: Sequence[str], path: str) -> str:
    """Read the last lines of a file of the user, as the user; empty if that cannot be done."""
    if not path.startswith("/"):
        return ""
    argv = [*prefix, "tail", "-c", str(MOST), "--", path]
    try:
        text = await run(argv, deadline=DEADLINE, most=MOST)
    except CommandError:
        return ""
    # Cut within a line: leave the rest of it out.
    cut = len(text.encode(errors="replace")) >= MOST and "\n" in text
    return (text.partition("\n")[2] if cut else text).strip("\n")


def ended_early(ended: Ended) -> Refused:
    """Say that a job has ended before its session was there."""
    slurm = f" Slurm says: {ended['slurm']}." if ended["slurm"] else ""
    words = f"Job {ended['job']} ended before JupyterLab answered. {ended['reason']}{slurm}"
    if not ended["log"]:
        return Refused(424, f"{words} Its output is on the cluster in {ended['logPath']}.")
    end = "\n".join(ended["log"].splitlines()[-12:])
    refusal = Refused(424, f"{words} Its output ends with: {end}")
    # The hub's progress page puts this into the page as it is.
    refusal.jupyterhub_html_message = (
        f"<p>{html.escape(words)}</p><pre class='text-start'>{html.escape(end)}</pre>"
    )
    return refusal
