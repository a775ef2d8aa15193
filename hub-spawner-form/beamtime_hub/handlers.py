"""Handlers below the hub's URL: the form's bundle, its data, the preview, the experiments."""

import json
from http import HTTPStatus
from typing import Any

from jupyterhub.apihandlers import APIHandler
from jupyterhub.handlers.static import CacheControlStaticFilesHandler
from tornado import web

from .people import caller_of
from .places import STATIC
from .service import Caller, ServiceClient, ServiceError

PATIENCE = 10.0
"""Seconds that the service may take for a page that is already shown."""

_CODES = {
    400: "bad-request",
    401: "signed-out",
    403: "forbidden",
    404: "not-found",
    503: "unavailable",
}


class _FormHandler(APIHandler):
    """Answers the form with the identity of the hub's cookie.

    As the hub's API does, it wants the XSRF token for GET too: where sessions and hub share
    an origin, a page of somebody's session could read the answer otherwise.
    """

    _accept_token_auth = False

    def initialize(self, socket: str, on_cluster: bool) -> None:
        self._service = ServiceClient(socket)
        self._on_cluster = on_cluster

    async def _caller(self) -> Caller:
        if self.current_user is None:
            raise web.HTTPError(401, "You are signed out. Sign in again and retry.")
        return await caller_of(self.current_user, on_cluster=self._on_cluster)

    def _answer(self, body: dict[str, Any]) -> None:
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(body))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Write the contract's failure."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        code = _CODES.get(status_code, "internal")
        message = "Something went wrong in the hub. Its log says what."
        if isinstance(error, ServiceError):
            code, message, status_code = error.code, str(error), error.status
            self.set_status(status_code)
        elif status_code == 403:
            message = "This page is out of date. Reload it and try again."  # Its XSRF token is.
        elif isinstance(error, web.HTTPError):
            message = error.log_message or HTTPStatus(status_code).phrase
        self.set_header("Content-Type", "application/json")
        self._answer({"code": code, "message": message})


class FormDataHandler(_FormHandler):
    """`GET beamtime/form?server=`: all that the form needs, as of now."""

    async def get(self) -> None:
        """Answer the contract's `FormData`."""
        query = {"caller": await self._caller(), "server": self.get_query_argument("server", "")}
        self._answer(await self._service.ask("form", query, PATIENCE))


class PreviewHandler(_FormHandler):
    """`POST beamtime/preview`: what would be asked for, without asking."""

    async def post(self) -> None:
        """Answer the contract's `Plan` for `{"server": str, "options": …}`."""
        body = self.get_json_body()
        if (
            not isinstance(body, dict)
            or "options" not in body
            or not isinstance(body.get("server", ""), str)
        ):
            raise web.HTTPError(400, 'A preview is {"server": <name>, "options": <object>}.')
        plan = await self._service.plan(
            await self._caller(), body.get("server", ""), body["options"], starting=False
        )
        self._answer(dict(plan))


class ExperimentsHandler(_FormHandler):
    """`GET beamtime/experiments?text&cursor&limit`: the experiments of the person."""

    async def get(self) -> None:
        """Answer the contract's `ExperimentPage`."""
        caller = await self._caller()
        query: dict[str, Any] = {
            key: value
            for key in ("text", "cursor")
            if (value := self.get_query_argument(key, "")) != ""
        }
        limit = self.get_query_argument("limit", "")
        if limit:
            if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:4]) <= 200):
                raise web.HTTPError(400, "limit must be a whole number from 1 to 200.")
            query["limit"] = int(limit)
        self._answer(
            await self._service.ask("experiments", {"caller": caller, "query": query}, PATIENCE)
        )


def hub_handlers(socket: str, *, on_cluster: bool) -> list[tuple[Any, ...]]:
    """Give the handlers for `JupyterHub.extra_handlers`.

    Parameters
    ----------
    socket
        Absolute path of the service's unix socket.
    on_cluster
        Whether the service is told people's Unix groups.
    """
    settings = {"socket": socket, "on_cluster": on_cluster}
    return [
        (r"/beamtime/static/(.*)", CacheControlStaticFilesHandler, {"path": str(STATIC)}),
        (r"/beamtime/form", FormDataHandler, settings),
        (r"/beamtime/preview", PreviewHandler, settings),
        (r"/beamtime/experiments", ExperimentsHandler, settings),
    ]
