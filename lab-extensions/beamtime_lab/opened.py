"""Opening a file for reading, and nothing else than a file in the allowed folders."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .failures import Failure
from .roots import Roots


@dataclass(frozen=True)
class Opened:
    """An open regular file, as it was when it was opened. `mtime` in seconds, `size` in bytes."""

    descriptor: int
    size: int
    mtime: float
    etag: str

    def read(self, start: int, length: int) -> bytes:
        """Read at most `length` bytes from `start`; fewer where the file became shorter."""
        return os.pread(self.descriptor, length, start)

    def close(self) -> None:
        os.close(self.descriptor)


def open_file(path: str, roots: Roots, *, hidden: bool) -> Opened:
    """Open a file by its path in the contents API. Blocks on the file system.

    Parameters
    ----------
    path
        Path below the root folder, with `/`, already percent-decoded.
    hidden
        Whether names that begin with a dot are given.

    Raises
    ------
    Failure
        `not-found` or `forbidden`, in words; a hidden file is not found.
    """
    parts = _parts(path)
    missing = Failure("not-found", f"There is no file {path}. It may have been moved or renamed.")
    if not hidden and any(part.startswith(".") for part in parts):
        raise missing
    with _in_words(path, missing):
        real = roots.root.joinpath(*parts).resolve(strict=True)
    _check(real, path, roots, hidden=hidden)
    with _in_words(path, missing):
        # A FIFO or a device is not even opened: that alone may wait or do something.
        _check_regular(real.lstat(), path)
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(real, flags)
    try:
        status = os.fstat(descriptor)
        _check_regular(status, path)
        # A folder on the way may have become a link since: ask what was opened in truth.
        _check(_real_of(descriptor, real), path, roots, hidden=hidden)
    except BaseException:
        os.close(descriptor)
        raise
    etag = f'"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"'
    return Opened(descriptor, status.st_size, status.st_mtime, etag)


def _parts(path: str) -> list[str]:
    parts = path.split("/")
    if "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise Failure("forbidden", f"{path!r} is not a path below the root folder.")
    return parts


def _check(real: Path, path: str, roots: Roots, *, hidden: bool) -> None:
    below = roots.below(real)
    if below is None:
        raise Failure(
            "forbidden",
            f"{path} leads to a place outside this session's folders. "
            "Ask the hub's administrators if it should be open here.",
        )
    if not hidden and any(part.startswith(".") for part in below.parts):
        raise Failure("not-found", f"There is no file {path}. It may have been moved or renamed.")


def _check_regular(status: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Failure("not-found", f"{path} is a folder. Name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise Failure("forbidden", f"{path} is not an ordinary file, and only those can be read.")


@contextmanager
def _in_words(path: str, missing: Failure) -> Iterator[None]:
    """Turn what the file system refuses into a failure in words."""
    try:
        yield
    except PermissionError as error:
        raise Failure(
            "forbidden",
            f"The file system refuses {path} to your account. "
            "Rights given today come with a new session.",
        ) from error
    except (OSError, RuntimeError, ValueError) as error:
        # Missing, a loop of links, a name too long, a file where a folder should be.
        raise missing from error


def _real_of(descriptor: int, real: Path) -> Path:
    if sys.platform == "linux":
        return Path(f"/proc/self/fd/{descriptor}").readlink()
    return real
