"""The service's folder: made, closed to others, and tried with the service's account."""

import json
import os
import pwd
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .checks import ConfigurationError, wrong
from .places import NODE, SERVICE

SETTINGS = "settings.json"
"""Name of the file from which the commands know how the hub is configured."""

_TRY = """
const fs = require('fs');
fs.accessSync(process.argv[1], fs.constants.R_OK);
fs.accessSync(process.argv[2], fs.constants.W_OK | fs.constants.X_OK);
"""


def prepare_state_dir(path: str, account: str | None) -> None:
    """Make the folder with mode 0700, owned by the service's account.

    Parameters
    ----------
    path
        Absolute path.
    account
        The service's Unix account; `None` for the hub's own.

    Raises
    ------
    ConfigurationError
        The folder cannot be made, belongs to somebody else, or the account cannot use it,
        Node or the service's bundle.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.is_symlink():
            raise wrong("state_dir", path, "it must be a folder, not a link to one.")
        if os.geteuid() == 0 and account is not None:
            entry = pwd.getpwnam(account)
            os.chown(folder, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
        folder.chmod(0o700)
    except OSError as error:
        why = f"the folder cannot be made or owned: {error.strerror}."
        raise wrong("state_dir", path, why) from error
    if os.geteuid() == 0 and account is not None:
        _try_account(path, account)


def write_settings(path: str, account: str | None, settings: Mapping[str, Any]) -> None:
    """Leave for `beamtime doctor` what the hub was configured with, also while it is down.

    Parameters
    ----------
    path
        The service's folder. It is the account's, so nothing there is followed or written over.
    account
        Who may read the file besides root; `None` for the hub's own account.
    settings
        What goes there, as JSON.
    """
    file, name = tempfile.mkstemp(dir=path, prefix=SETTINGS)
    with os.fdopen(file, "w") as stream:
        if os.geteuid() == 0 and account is not None:
            entry = pwd.getpwnam(account)
            os.fchown(file, entry.pw_uid, entry.pw_gid)
        json.dump(settings, stream)
    Path(name).rename(Path(path, SETTINGS))


def _try_account(path: str, account: str) -> None:
    """Start Node as the service will: a service that cannot start takes the hub down with it."""
    try:
        tried = subprocess.run(
            [str(NODE), "-e", _TRY, str(SERVICE), path],
            user=account,
            group=pwd.getpwnam(account).pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        problem = next((line for line in tried.stderr.splitlines() if "Error:" in line), None)
        works = tried.returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        problem, works = str(error), False
    if not works:
        raise ConfigurationError(
            f"beamtime_hub.configure: the account {account!r} (service_user) cannot run the "
            f"service: {problem}. It must be able to run {NODE}, read {SERVICE} "
            f"and write to {path}."
        )
