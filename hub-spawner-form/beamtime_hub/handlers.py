"""Handlers below the hub's URL: the form's bundle, its data, the preview, the experiments."""

import json
from http import HTTPStatus
from typing import Any

from jupyterhub.apihandlers import APIHandler
from jupyterhub.handlers.static import CacheControlStaticFilesHandler
from tornado import web

from .errors import Refused, refused_fields
from .people import caller_of, sessions_of
from .places import STATIC
from .schema import field_errors, option_errors
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


class FormHandler(APIHandler):
    """Answers the form with the identity of the hub's cookie.

    With `?user=` it answers for that person, to those who may start sessions for them: an
    administrator's form is filled with what the session's owner may have.

    As the hub's API does, it wants the XSRF token for GET too: where sessions and hub share
    an origin, a page of somebody's session could read the answer otherwise.
    """

    _accept_token_auth = False

    def initialize(self, socket: str, on_cluster: bool) -> None:
        self._service = ServiceClient(socket)
        self._on_cluster = on_cluster

    def owner(self) -> Any:
        """Give the user whose form this is."""
        if self.current_user is None:
            raise web.HTTPError(401, "You are signed out. Sign in again and retry.")
        name = self.get_query_argument("user", "")
        if name in ("", self.current_user.name):
            return self.current_user
        # The same scope that the hub's own page of the form wants.
        user = self.find_user(name) if self.has_scope(f"servers!user={name}") else None
        if user is None:
            raise Forbidden(f"You may not start sessions for {name}.")
        return user

    async def caller(self) -> Caller:
        """Describe the owner to the service."""
        return await caller_of(self.owner(), on_cluster=self._on_cluster)

    async def ask(self, what: str, query: dict[str, Any]) -> dict[str, Any]:
        """Ask the service about the owner."""
        return await self._service.ask(what, {"caller": await self.caller(), **query}, PATIENCE)

    def answer(self, body: dict[str, Any]) -> None:
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
        elif isinstance(error, Refused):
            message = error.jupyterhub_message
        elif status_code == 403 and not isinstance(error, Forbidden):
            message = "This page is out of date. Reload it and try again."  # Its XSRF token is.
        elif isinstance(error, web.HTTPError):
            message = error.log_message or HTTPStatus(status_code).phrase
        self.set_header("Content-Type", "application/json")
        self.answer({"code": code, "message": message})


class Forbidden(web.HTTPError):
    """Not for this person. The message says so."""

    def __init__(self, message: str) -> None:
        super().__init__(403, message)


def spare_spawner(user: Any) -> Any:
    """Give a spawner of this user that is no session's: for looks at what would be."""
    settings = user.settings
    return user.spawner_class(
        user=user,
        hub=settings.get("hub"),
        authenticator=user.authenticator,
        config=settings.get("config"),
    )


class FormDataHandler(FormHandler):
    """`GET beamtime/form?server=`: all that the form needs, as of now."""

    async def get(self) -> None:
        """Answer the contract's `FormData`."""
        form = await self.ask("form", {"server": self.get_query_argument("server", "")})
        limit = await self.get_current_user_named_server_limit()
        self.answer({**form, "sessions": sessions_of(self.owner(), limit)})


class PreviewHandler(FormHandler):
    """`POST beamtime/preview`: what would be asked for, without asking."""

    async def post(self) -> None:
        """Answer the contract's `Plan` for `{"server": str, "options": …}`, with its script."""
        body = self.get_json_body()
        if (
            not isinstance(body, dict)
            or "options" not in body
            or not isinstance(body.get("server", ""), str)
        ):
            raise web.HTTPError(400, 'A preview is {"server": <name>, "options": <object>}.')
        server = body.get("server", "")
        plan = await self._service.plan(
            await self.caller(), server, body["options"], starting=False
        )
        answer = dict(plan)
        if plan["ok"]:
            spawner = spare_spawner(self.owner())
            try:
                await spawner.check_account()
                answer["script"] = await spawner.preview(plan, server)
            except Refused as refusal:
                answer = {"ok": False, "errors": refusal.errors}
        self.answer(answer)


class ExperimentsHandler(FormHandler):
    """`GET beamtime/experiments?text&cursor&limit`: the experiments of the person."""

    async def get(self) -> None:
        """Answer the contract's `ExperimentPage`."""
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
        self.answer(await self.ask("experiments", {"query": query}))


class PresetsHandler(FormHandler):
    """`GET beamtime/presets`: the choices that the person has given a name."""

    async def get(self) -> None:
        """Answer the contract's `Presets`."""
        self.answer(await self.ask("presets", {}))


class PresetHandler(FormHandler):
    """`PUT` and `DELETE beamtime/presets/<name>`: keep a choice under a name, or forget it."""

    async def put(self, name: str) -> None:
        """Keep `{"request": …}`, without its reservation; answer the contract's `Presets`."""
        body = self.get_json_body()
        if not isinstance(body, dict) or not isinstance(body.get("request"), dict):
            raise web.HTTPError(400, 'A preset is {"request": <object>}.')
        errors = option_errors(body["request"])
        if errors:
            raise refused_fields(errors)
        preset = {"name": name, "request": body["request"]}
        self.answer(await self.ask("presets/keep", {"preset": preset}))

    async def delete(self, name: str) -> None:
        """Answer the contract's `Presets`, those that are left."""
        self.answer(await self.ask("presets/forget", {"name": name}))


class SoftwareHandler(FormHandler):
    """`POST beamtime/check-environment`: look at software of the person's own, as that person."""

    async def post(self) -> None:
        """Answer the contract's `EnvironmentCheck` for `{"path": str, "modules": [str]}`."""
        body = self.get_json_body()
        shape = body if isinstance(body, dict) else {"path": body}
        path, modules = shape.get("path") or None, shape.get("modules") or []
        asked = {"environment_modules": modules}
        errors = field_errors({**asked, "environment_path": path} if path else asked)
        if errors:
            raise refused_fields(errors)
        spawner = spare_spawner(self.owner())
        await spawner.check_account()
        self.answer(dict(await spawner.look_at_software(path, modules)))


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
        (r"/beamtime/presets", PresetsHandler, settings),
        (r"/beamtime/presets/(.+)", PresetHandler, settings),
        (r"/beamtime/check-environment", SoftwareHandler, settings),
    ]
