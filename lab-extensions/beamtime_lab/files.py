"""Files by byte ranges: what Jupyter's own `/files/` lacks.

That one refuses links that leave the root folder, answers several ranges with the whole
file, and has no ETag (measured with jupyter_server 2.21). This one is registered for
``beamtime/files/…``, and before Jupyter's for ``files/Experiments/…``, so that downloads
from the file browser work for linked experiments too.
"""

from __future__ import annotations

import asyncio
import mimetypes
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.iostream import StreamClosedError

from .failures import Failure
from .handlers import Speaking
from .opened import Opened, open_file
from .ranges import NotSatisfiable, Part
from .roots import Roots
from .sending import PIECE, Sending, last_modified, plan_sending

# Its own threads: a file server that hangs must not take those of the rest of Jupyter.
_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="beamtime-files")


class FilesHandler(Speaking, JupyterHandler):
    """GET and HEAD of a file below the root folder, by its path in the contents API."""

    auth_resource = "contents"

    def initialize(self, roots: Roots, prefix: str = "") -> None:
        self._roots = roots
        self._prefix = prefix

    @property
    def content_security_policy(self) -> str:
        # As Jupyter's: scripts of an HTML or SVG file must not reach the server.
        return f"{super().content_security_policy}; sandbox allow-scripts"

    @web.authenticated
    @authorized
    async def head(self, path: str) -> None:
        await self._answer(self._prefix + path, body=False)

    @web.authenticated
    @authorized
    async def get(self, path: str) -> None:
        await self._answer(self._prefix + path, body=True)

    async def _answer(self, path: str, *, body: bool) -> None:
        self.check_xsrf_cookie()
        file = await self._in_thread(
            lambda: open_file(path, self._roots, hidden=self.contents_manager.allow_hidden)
        )
        try:
            await self._send(file, path, body=body)
        finally:
            await self._in_thread(file.close)

    async def _send(self, file: Opened, path: str, *, body: bool) -> None:
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("ETag", file.etag)
        self.set_header("Last-Modified", last_modified(file))
        # The file may grow while it is looked at: always ask, by the ETag.
        self.set_header("Cache-Control", "private, no-cache")
        if self.check_etag_header():
            self.set_status(304)
            return
        content_type = content_type_of(path)
        # RFC 9110 defines ranges for GET only.
        asked = self.request.headers if body else {}
        try:
            sending = plan_sending(file, content_type, asked)
        except NotSatisfiable as reason:
            self.set_header("Content-Range", f"bytes */{file.size}")
            self.set_status(416)
            self.say(Failure("bad-request", str(reason)))
            return
        self.set_status(sending.status)
        for name, value in sending.headers.items():
            self.set_header(name, value)
        if path.endswith(".ipynb") or self.get_argument("download", ""):
            self.set_attachment_header(PurePosixPath(path).name)
        if body:
            await self._stream(file, sending)

    async def _stream(self, file: Opened, sending: Sending) -> None:
        try:
            for item in sending.body:
                if isinstance(item, bytes):
                    self.write(item)
                    continue
                for start in range(item.start, item.stop, PIECE):
                    await self._piece(file, Part(start, min(start + PIECE, item.stop)))
        except StreamClosedError:
            return  # The reader went away, which is not worth a line in the log.

    async def _piece(self, file: Opened, part: Part) -> None:
        data = await self._in_thread(lambda: file.read(part.start, part.length))
        if len(data) < part.length:
            # Too late for a status: a cut connection is what tells the reader.
            self.log.warning("%s became shorter while it was sent.", self.request.path)
            self.detach().close()
            raise StreamClosedError
        self.write(data)
        await self.flush()  # Waits for a slow reader.

    async def _in_thread(self, work: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)

    def compute_etag(self) -> None:
        """Nothing: the ETag is the file's, and never made by hashing what was written."""


class BytesHandler(FilesHandler):
    """The same for programs: never a redirection to a login page."""

    def get_login_url(self) -> str:
        raise Failure("signed-out", "You are signed out. Sign in again, then reload the page.")


def content_type_of(path: str) -> str:
    """Name a file's type as Jupyter's `/files/` does."""
    if path.endswith(".ipynb"):
        return "application/x-ipynb+json"
    kind, encoding = mimetypes.guess_type(path)
    if encoding == "gzip":
        return "application/gzip"
    if encoding is not None or kind is None:
        return "application/octet-stream"
    return "text/plain; charset=UTF-8" if kind == "text/plain" else kind
