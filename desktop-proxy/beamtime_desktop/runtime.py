"""The folder that Jupyter's server and its gateway share: private, one per server."""

from __future__ import annotations

import atexit
import functools
import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

SECRET_BYTES = 32
LONGEST_SOCKET_PATH = 100
"""Linux takes 107 bytes; some are left for what is put below."""


class RuntimeFolderError(Exception):
    """The folder cannot be used. The message is shown to a person as it is."""


@functools.cache
def folder() -> Path:
    """Make this server's folder (mode 0700) with a new secret in it (0600).

    The first call makes it, later ones give the same; it is removed when the server
    ends. It lies in the temporary folder and not in XDG_RUNTIME_DIR, which a login
    that ends on the same machine takes away under a running batch job.
    """
    path = Path(tempfile.mkdtemp(prefix="beamtime-desktop-", dir=_short_base()))
    secret = path / "secret"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(secret, flags, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def read_secret(path: Path) -> bytes:
    """Give the secret of the folder `path`.

    Raises
    ------
    RuntimeFolderError
        The folder or the file is not there, or not private to this account.
    """
    require_private(path)
    try:
        return (path / "secret").read_bytes()
    except OSError as error:
        raise RuntimeFolderError(
            f"The secret of the desktop gateway cannot be read: {error}. Restart your session."
        ) from error


def require_private(path: Path) -> None:
    """Refuse a folder that somebody else made, or could look into.

    Raises
    ------
    RuntimeFolderError
        It is not a folder, not this account's, or open to others.
    """
    try:
        info = path.lstat()
    except OSError as error:
        raise RuntimeFolderError(f"{path} cannot be used: {error}.") from error
    private = stat.S_ISDIR(info.st_mode) and not info.st_mode & 0o077
    if not private or info.st_uid != os.getuid():
        raise RuntimeFolderError(
            f"{path} is not a folder that only you can open. Remove it, then restart your session."
        )


def _short_base() -> str:
    base = tempfile.gettempdir()
    longest = len(f"{base}/beamtime-desktop-12345678/12345678/rfb")
    # mkdtemp makes a folder of ours alone in it.
    return base if longest <= LONGEST_SOCKET_PATH else "/tmp"  # noqa: S108
