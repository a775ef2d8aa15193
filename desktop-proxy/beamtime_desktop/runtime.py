"""The folder that Jupyter's server and its gateway share: private, one per server."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import os
import secrets
import shutil
import stat
import tempfile
import time
from pathlib import Path

SECRET_BYTES = 32
_PREFIX = "beamtime-desktop-"
LONGEST_SOCKET_PATH = 100
"""Linux takes 107 bytes; some are left for what is put below."""


class RuntimeFolderError(Exception):
    """The folder cannot be used. The message is shown to a person as it is."""


@functools.cache
def path() -> Path:
    """Give the path of this server's folder, which `folder` makes.

    It lies in the temporary folder and not in XDG_RUNTIME_DIR, which a login that ends
    on the same machine takes away under a running batch job.
    """
    return Path(_short_base()) / f"{_PREFIX}{secrets.token_hex(8)}"


@functools.cache
def folder() -> Path:
    """Make this server's folder (mode 0700) with a new secret in it (0600).

    The first call makes it, later ones give the same; it is removed when the server
    ends. What servers that were killed have left is removed now.
    """
    made = path()
    _sweep(made.parent)
    made.mkdir(mode=0o700)  # Not ours if it is there already: that fails.
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(made / "secret", flags, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
    except OSError:
        shutil.rmtree(made, ignore_errors=True)  # The next call makes it, when there is space.
        raise
    hold(made)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def socket_path() -> Path:
    """Give where this server's gateway listens."""
    return path() / "gateway"


def handover_path(made: Path) -> Path:
    """Give where the gateway hands displays over to Jupyter's server: see `handover`."""
    return made / "handover"


def hold(made: Path) -> None:
    """Keep the folder from being swept while this process lives."""
    with contextlib.suppress(OSError):  # A file system without locks has no sweep.
        fd = os.open(made / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        fcntl.flock(fd, fcntl.LOCK_SH)  # Never closed: held until the process ends.


class InputMark:
    """A file whose time says when a person last did something on a desktop.

    The gateway touches it, Jupyter's server looks at it: see `activity`.
    """

    EVERY = 1.0
    """Seconds between two touches: a moving pointer gives a hundred a second."""

    def __init__(self, made: Path) -> None:
        self._file = made / "input"
        self._touched = 0.0

    def note(self) -> None:
        """Note that a person did something now."""
        now = time.monotonic()
        if now - self._touched >= self.EVERY:
            self._touched = now
            with contextlib.suppress(OSError):
                self._file.touch()

    def last(self) -> float | None:
        """Give when a person last did something, seconds since the epoch."""
        try:
            return self._file.stat().st_mtime
        except OSError:
            return None


def read_secret(made: Path) -> bytes:
    """Give the secret of the folder `made`.

    Raises
    ------
    RuntimeFolderError
        The folder or the file is not there, or not private to this account.
    """
    require_private(made)
    try:
        return (made / "secret").read_bytes()
    except OSError as error:
        raise RuntimeFolderError(
            f"The secret of the desktop gateway cannot be read: {error}. Restart your session."
        ) from error


def require_private(made: Path) -> None:
    """Refuse a folder that somebody else made, or could look into.

    Raises
    ------
    RuntimeFolderError
        It is not a folder, not this account's, or open to others.
    """
    try:
        info = made.lstat()
    except OSError as error:
        raise RuntimeFolderError(f"{made} cannot be used: {error}.") from error
    private = stat.S_ISDIR(info.st_mode) and not info.st_mode & 0o077
    if not private or info.st_uid != os.getuid():
        raise RuntimeFolderError(
            f"{made} is not a folder that only you can open. Remove it, then restart your session."
        )


def _short_base() -> str:
    base = tempfile.gettempdir()
    longest = len(f"{base}/{_PREFIX}0123456789abcdef/12345678/rfb")
    # The folder that is made in it is ours alone.
    return base if longest <= LONGEST_SOCKET_PATH else "/tmp"  # noqa: S108


def _sweep(base: Path) -> None:
    """Remove the folders of this account that no living process holds."""
    for left in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, RuntimeFolderError):
            require_private(left)
            fd = os.open(left / "lock", os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(fd)
