"""Sessions as processes on the hub's own machine, for trying Beamtime out."""

import asyncio
import os
import pwd
import re
import stat
import uuid
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner, set_user_setuid
from traitlets import Integer, Unicode

from .errors import Refused
from .processes import MARK, carries, end_marked
from .slurm_script import at_home
from .spawner import BeamtimeSpawner

_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")


class BeamtimeLocalSpawner(BeamtimeSpawner, LocalProcessSpawner):
    """Runs a session as a process: as the user, as one account for all, or as the hub itself.

    With `home_template` users need no Unix accounts: each gets a home of their own. All such
    sessions run as the same account and are not protected from each other.
    """

    shared_account = Unicode(
        help="Unix account that all sessions run as, if the hub runs as root."
    ).tag(config=True)
    home_template = Unicode(
        help="Where homes are made, with {username} in it; empty if users have Unix accounts."
    ).tag(config=True)
    http_timeout = Integer(120, help="Seconds until JupyterLab must answer.").tag(config=True)

    cmd: Any

    _mark = ""

    def load_state(self, state: dict[str, Any]) -> None:
        """Know the session's processes again after a restart of the hub."""
        super().load_state(state)
        self._mark = state.get("mark", "")

    def get_state(self) -> dict[str, Any]:
        """Keep what finds the session's processes."""
        state: dict[str, Any] = super().get_state()
        if self.pid:
            state["mark"] = self._mark
        return state

    @property
    def makes_homes(self) -> bool:
        """Whether users have homes of our making. Never for root without `shared_account`."""
        return bool(self.home_template) and (os.geteuid() != 0 or bool(self.shared_account))

    def home(self) -> str:
        """Absolute path of the user's home."""
        name = self.user.name
        if not self.makes_homes:
            return pwd.getpwnam(name).pw_dir
        if not _SAFE_NAME.fullmatch(name):
            raise Refused(400, f"The name {name!r} cannot be that of a home folder.")
        return self.home_template.format(username=name)

    def as_user(self) -> list[str]:
        """Give the words before a command that make it run as the session's account."""
        if os.geteuid() != 0:
            return []
        account = self._account().pw_name if self.makes_homes else self.user.name
        return ["runuser", "-u", account, "--"]

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """Add the session's home, account, mark and software."""
        if self.makes_homes:
            env["HOME"] = self.home()
            env["USER"] = self._account().pw_name
            env["SHELL"] = "/bin/bash"
        else:
            env = super().user_env(env)
        env[MARK] = self._mark
        if self.plan and "environmentPath" in self.plan and self.plan.get("addToPath", True):
            folder = at_home(self.plan["environmentPath"], self.home())
            env["PATH"] = f"{folder}:{env.get('PATH', os.defpath)}"
        return env

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Make what the new process does first: become the account, go home."""
        if not self.makes_homes:
            become_user: Callable[[], None] = set_user_setuid(name)
            return become_user
        home = self.home()
        shared = self.shared_account if os.geteuid() == 0 else ""
        become = set_user_setuid(shared, chdir=False) if shared else None

        def prepare() -> None:
            if become is not None:
                become()
            os.chdir(home)

        return prepare

    async def start(self) -> Any:
        """Start the process, in a home that is there."""
        if self.makes_homes:
            await asyncio.to_thread(self._make_home)
        self._mark = uuid.uuid4().hex
        site_command: Any = self.cmd
        self.cmd = self.session_command()
        try:
            return await super().start()
        except OSError as error:
            raise Refused(
                500, f"The session's program {self.cmd[0]!r} cannot be run: {error.strerror}."
            ) from error
        finally:
            self.cmd = site_command

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """Tell that the process is there: nothing more is known until it answers."""
        yield {
            "message": "JupyterLab is starting.",
            "progress": 50,
            "beamtime": {"step": "starting"},
        }

    async def poll(self) -> int | None:
        """Say whether the server runs. If it ended, so does all that it started."""
        status = await super().poll()
        if status is not None and self._mark and not self._start_pending:
            mark, self._mark = self._mark, ""
            await end_marked(mark)
        return status

    async def stop(self, now: bool = False) -> None:
        """Stop the server, then whatever is left of the session."""
        mark = self._mark
        await super().stop(now)
        if mark:
            await end_marked(mark)

    async def _signal(self, sig: int) -> bool:
        """Signal the server's whole process group; `False` if the server is gone."""
        if self.proc is None and not carries(self.pid, self._mark):
            return False  # After a restart of the hub: the number is somebody else's now.
        try:
            own_group = os.getpgid(self.pid) == self.pid
            if sig != 0 and own_group:
                os.killpg(self.pid, sig)
            else:
                os.kill(self.pid, sig)
        except ProcessLookupError:
            return False
        return True

    async def move_certs(self, paths: dict[str, str]) -> dict[str, str]:
        """Leave certificates where they are if the session runs as the hub's account."""
        if self.makes_homes and not self.shared_account:
            return paths
        moved: dict[str, str] = await super().move_certs(paths)
        return moved

    def _account(self) -> pwd.struct_passwd:
        if self.shared_account and os.geteuid() == 0:
            return pwd.getpwnam(self.shared_account)
        return pwd.getpwuid(os.geteuid())

    def _make_home(self) -> None:
        home, account = Path(self.home()), self._account()
        try:
            home.parent.mkdir(parents=True, exist_ok=True)
            try:
                home.mkdir(mode=0o700)
            except FileExistsError:
                there = home.lstat()
                if not stat.S_ISDIR(there.st_mode) or there.st_uid != account.pw_uid:
                    raise Refused(
                        500,
                        f"Your home {home} is not a folder of the account {account.pw_name}. "
                        "Tell the administrators.",
                    ) from None
            else:
                os.chown(home, account.pw_uid, account.pw_gid, follow_symlinks=False)
        except OSError as error:
            raise Refused(
                500,
                f"Your home {home} cannot be made: {error.strerror}. Tell the administrators.",
            ) from error
