"""Files that are dropped on a desktop go to the desktop's folder, never over another.

`PUT {base_url}beamtime/desktop/files/NAME`, the body being the file, answers 201 with
`{"name", "path"}`: `plot (2).png` if there was a `plot.png`. The file is written as it
comes, under a name of its own, and gets its name when it is whole.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from pathlib import Path
from typing import IO, Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from .owner import require_owner

LONGEST = 2 * 1024**3
"""Longest file, bytes, unless BEAMTIME_DESKTOP_MAX_UPLOAD says otherwise."""

MOST_NAMES = 1000
"""How many names are tried, up to `plot (1000).png`."""


class UploadError(Exception):
    """The name cannot be used. The message is shown to the user as it is."""


@web.stream_request_body
class UploadHandler(APIHandler):
    """Takes one file."""

    _file: IO[bytes] | None = None
    _part: Path
    _name: str
    _size = 0
    _error: web.HTTPError | None = None
    _longest = LONGEST

    async def prepare(self) -> None:  # type: ignore[override]
        """Check, before the body comes, who sends what."""
        await super().prepare()
        if self.request.method != "PUT":
            return
        if self.current_user is None:
            raise web.HTTPError(403)
        require_owner(self)
        self._longest = int(os.environ.get("BEAMTIME_DESKTOP_MAX_UPLOAD") or LONGEST)
        # A file that is too long is taken to its end and forgotten: whoever is cut off
        # while sending does not read why.
        connection: Any = self.request.connection
        connection.set_max_body_size(2**62)
        if int(self.request.headers.get("Content-Length", 0)) > self._longest:
            return
        try:
            self._name = plain_name(self.path_args[0])
            folder = desktop_folder()
            folder.mkdir(parents=True, exist_ok=True)
            self._part = folder / f".{secrets.token_hex(8)}.part"
            self._file = self._part.open("xb")
        except UploadError as error:
            raise web.HTTPError(400, str(error)) from error
        except OSError as error:
            raise _failure(error) from error

    def data_received(self, chunk: bytes) -> None:
        """Write what has come."""
        if self._file is None:
            return
        self._size += len(chunk)
        try:
            if self._size <= self._longest:
                self._file.write(chunk)
            else:
                self._forget()
        except OSError as error:
            self._error = _failure(error)
            self._forget()

    @web.authenticated
    def put(self, _name: str) -> None:
        """Give the file its name: it is whole."""
        if self._error is not None:
            raise self._error
        if self._file is None:
            most = self._longest / 1024**2
            raise web.HTTPError(413, f"A file of more than {most:.0f} MiB cannot be dropped here.")
        try:
            self._file.close()
            given = _link(self._part, self._name)
        except OSError as error:
            raise _failure(error) from error
        finally:
            self._forget()
        self.set_status(201)
        self.finish({"name": given.name, "path": _shown(given)})

    def on_finish(self) -> None:
        """Leave nothing of a file that was refused."""
        self._forget()
        super().on_finish()

    def on_connection_close(self) -> None:
        """Leave nothing of a file whose sender went away."""
        self._forget()
        super().on_connection_close()

    def _forget(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)


def plain_name(text: str) -> str:
    """Give the name of a file, None of a path's parts in it.

    Raises
    ------
    UploadError
        It cannot be the name of a file.
    """
    bad = "/" in text or text in ("", ".", "..") or not text.isprintable()
    if bad or len(text.encode()) > 200:
        raise UploadError("A file of this name cannot be made. Rename it, then drop it again.")
    return text


def desktop_folder() -> Path:
    """Give the folder whose files a desktop shows: ~/Desktop, or as XDG's file says."""
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    try:
        text = (config / "user-dirs.dirs").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    found = re.search(r'^XDG_DESKTOP_DIR="(\$HOME)?/([^"]*)"', text, re.MULTILINE)
    if found is None:
        return home / "Desktop"
    return (home if found[1] else Path("/")) / found[2]


def _link(part: Path, name: str) -> Path:
    """Give the file its name, or the first that is free; the old name goes."""
    stem, dot, suffix = name.rpartition(".") if "." in name[1:] else (name, "", "")
    for number in range(1, MOST_NAMES + 1):
        free = part.with_name(name if number == 1 else f"{stem} ({number}){dot}{suffix}")
        try:
            os.link(part, free)  # Unlike a renaming, this fails if the name is taken.
        except FileExistsError:
            continue
        return free
    raise FileExistsError(errno.EEXIST, "there are too many files of this name")


def _shown(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _failure(error: OSError) -> web.HTTPError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return web.HTTPError(507, "There is no space left for this file in your home folder.")
    words = f"The file cannot be put into the desktop's folder: {error.strerror or error}."
    return web.HTTPError(500, words)
