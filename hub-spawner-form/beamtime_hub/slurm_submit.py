"""Submits a session's job with sbatch."""

import os
import pwd
import re
import shlex
import shutil
import time
from typing import Any

from batchspawner.batchspawner import format_template
from jupyterhub.objects import Server
from traitlets import Unicode, default

from .commands import environment
from .errors import Refused
from .marks import new_mark
from .service import AcceptedPlan
from .slurm_job import FollowedJob
from .slurm_script import BATCH_SCRIPT, compiled, script_variables, unsafe
from .slurm_words import away_words, is_away, refusal_words
from .spawner import keep_refused

FOLDER = ".beamtime"
"""Where jobs' output goes, below the home."""


class SubmittedJob(FollowedJob):
    """Writes the job's script from the accepted plan, and submits it as the user."""

    _server_name = ""

    batch_script = Unicode(
        BATCH_SCRIPT,
        help="Template (jinja2) of the job's script. It gets the req_* traits, cmd and output.",
    ).tag(config=True)
    batch_submit_cmd = Unicode(
        "sbatch --parsable {mark}",
        help="Submits the script on its standard input and prints the job's number. {mark} lets "
        "a hub find the job again that is killed before the number has come.",
    ).tag(config=True)
    req_srun = Unicode(
        "", help="Runs the session in a job step, if set. A step would take all of the job's cores."
    ).tag(config=True)

    @default("exec_prefix")
    def _default_exec_prefix(self) -> str:
        if os.geteuid() != 0 and pwd.getpwuid(os.geteuid()).pw_name == self.user.name:
            return ""
        if os.geteuid() == 0 and shutil.which("sudo") is None:
            return "runuser -u {username} --"
        return "sudo -E -u {username}"

    def get_req_subvars(self) -> dict[str, Any]:
        """Variables of the script, as of now: batchspawner fixes `keepvars` at its first use."""
        subvars: dict[str, Any] = super().get_req_subvars()
        kept = [name for name in subvars["keepvars"].split(",") if name]
        subvars["keepvars"] = ",".join(dict.fromkeys([*kept, *self.get_env()]))
        subvars["output"] = self._output
        subvars["mark"] = f"--comment={self._mark}" if self._mark else ""
        subvars["server"] = re.sub("[^A-Za-z0-9_.-]", "_", self._server_name or self.name)[:60]
        return script_variables(subvars, self.plan)

    def cmd_formatted_for_batch(self) -> str:
        """Command line of the session; full paths if the environment has a folder."""
        command = list(self.cmd)
        words = [self.batchspawner_singleuser_cmd, *self.session_command()]
        if self.plan and "image" in self.plan:
            # The wrapper starts the session inside: it comes after the container's own words.
            inside = self.in_environment([self.batchspawner_singleuser_cmd])
            words = [*map(shlex.quote, inside), command[0].rpartition("/")[2], *command[1:]]
        elif self.plan and "environmentPath" in self.plan:
            [wrapper] = self.in_environment([self.batchspawner_singleuser_cmd])
            words[:2] = [shlex.quote(wrapper), shlex.quote(words[1])]
        return " ".join([*words, *self.get_args()])

    async def preview(self, plan: AcceptedPlan, server: str) -> str | None:
        """Write the script as it would be submitted. For a spawner that is used for nothing else.

        Parameters
        ----------
        plan
            What the service has accepted.
        server
            The session's name.
        """
        wrong = unsafe(plan["batch"])
        if wrong is not None:
            raise Refused(500, f"The service planned {wrong}, which is not safe.")
        self.plan = plan
        self._server_name = server
        # Any address: the names of what is exported depend on there being one.
        self._server = Server()
        self._output = self._output_path(f"{self.req_homedir}/{FOLDER}")
        return await self._get_batch_script()

    async def _get_batch_script(self, **_subvars: Any) -> str:
        # What batchspawner passes holds the user_options on top: cmd, prologue, homedir could
        # all come from a REST request. The script sees the traits alone.
        ours = {**self.get_req_subvars(), "cmd": self.cmd_formatted_for_batch()}
        script: str = format_template(compiled(self.batch_script), **ours)
        return script

    async def run_command(
        self, cmd: str, input: str | None = None, env: dict[str, str] | None = None
    ) -> str:
        """Run one of Slurm's commands with an environment that the user may see.

        The process runs as the user, who can read its environment: the hub's own secrets
        (batchspawner passes them to squeue and scancel) have no place in it.
        """
        output: str = await super().run_command(
            cmd, input=input, env={**environment(), **(env or {})}
        )
        return output

    async def _submit(self) -> str:
        self._output = await self._output_file()
        job_id = await self.submit_batch_script()
        if not job_id:
            raise Refused(500, "Slurm took the job but did not say its number.")
        return job_id

    async def submit_batch_script(self) -> str:
        """Submit the job, and store its number at once.

        Until Slurm has said the number, a hub that is killed finds the job by its mark. A person's
        own comment is not written over: such a job has none.
        """
        if "--comment" not in await self._get_batch_script():
            self._mark, self._marked_at = new_mark(), time.time()
            self._store()
        try:
            job_id: str = await super().submit_batch_script()
        except RuntimeError as error:
            words = str(error)
            refusal = (
                Refused(503, away_words(words))
                if is_away(words)
                else Refused(400, refusal_words(words))
            )
            raise keep_refused(self, refusal) from error
        finally:
            self._mark = ""
        if job_id:
            self._fresh = True
            self._store()
        return job_id

    async def _output_file(self) -> str:
        """Where the job's output goes: a folder in the user's home, made by the user."""
        folder = f"{self.req_homedir}/{FOLDER}"
        if self._keeps_log:
            return self._output_path(folder)
        make = f"mkdir -p -m 0700 -- {shlex.quote(folder)}"
        prefix = format_template(self.exec_prefix, **self.get_req_subvars())
        try:
            await self.run_command(f"{prefix} {make}".strip())
        except RuntimeError as error:
            self.log.warning("No folder %s for the job's output: %s", folder, error)
            return f"{self.req_homedir}/.beamtime-session-%j.log"
        return self._output_path(folder)

    @property
    def _keeps_log(self) -> bool:
        """Whether the person wants the log where they see it."""
        return bool(self.plan and self.plan["batch"].get("output"))

    def _output_path(self, folder: str) -> str:
        name = "slurm-%j.out"
        return f"{self.req_homedir}/{name}" if self._keeps_log else f"{folder}/session-%j.log"
