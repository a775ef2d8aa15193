"""What both spawners share: the form, the check of every request, the session's environment."""

import json
import os
from typing import Any
from urllib.parse import urlparse

from jupyterhub.apihandlers.base import APIHandler
from jupyterhub.spawner import Spawner
from jupyterhub.utils import url_path_join
from tornado import web
from traitlets import List, Unicode, default

from .errors import Refused, refused_fields
from .form_page import form_page
from .people import caller_of
from .refusals import refusals
from .request import options_from_form, options_from_query
from .schema import option_errors
from .service import AcceptedPlan, ServiceClient, ServiceError


class BeamtimeSpawner(Spawner):
    """Starts a session only with a plan that the service has accepted.

    The hub asks `apply_user_options` whichever way a spawn was asked for: by form, by URL or
    by REST, and also when it repeats the options of an earlier one.
    """

    service_socket = Unicode(help="Absolute path of the Beamtime service's unix socket.").tag(
        config=True
    )
    service_name = Unicode("beamtime", help="Name of the Beamtime service in the hub.").tag(
        config=True
    )
    data_roots = List(
        Unicode(), help="Absolute paths below which experiment data lies, given to sessions."
    ).tag(config=True)

    on_cluster = False
    """Whether a session runs under an account of the cluster, whose groups matter."""

    plan: AcceptedPlan | None = None
    """What the service has accepted for the start that is under way or done."""

    @default("options_form")
    def _default_options_form(self) -> Any:
        return render_form

    @default("options_from_form")
    def _default_options_from_form(self) -> Any:
        return options_from_form

    def options_from_query(self, query_data: dict[str, list[str]]) -> dict[str, Any]:
        """Read a spawn URL's parameters; see `request.options_from_query`."""
        return options_from_query(query_data)

    @default("apply_user_options")
    def _default_apply_user_options(self) -> Any:
        return apply_user_options

    async def check_account(self) -> None:
        """Refuse early what cannot work for this account. Nothing by default."""

    async def apply_plan(self, plan: AcceptedPlan) -> None:
        """Take over an accepted plan.

        Raises
        ------
        Refused
            The plan cannot be carried out here.
        """
        self.plan = plan

    async def start(self) -> Any:
        """Start the session, if its plan was accepted."""
        if self.plan is None:
            raise Refused(500, "Nothing was checked for this session, so it is not started.")
        return await super().start()

    async def stop(self, now: bool = False) -> None:
        """Stop the session."""
        await super().stop(now)

    async def poll(self) -> int | None:
        """Say whether the session runs, in the hub's way: `None` if so."""
        status: int | None = await super().poll()
        return status

    def clear_state(self) -> None:
        """Forget the plan with the session."""
        super().clear_state()
        self.plan = None

    def get_env(self) -> dict[str, str]:
        """Environment of the session, with what Beamtime's side in JupyterLab needs."""
        env: dict[str, str] = super().get_env()
        env.setdefault("BEAMTIME_URL", self.service_url())
        env.setdefault("BEAMTIME_DATA_ROOTS", json.dumps(self.data_roots))
        env["BEAMTIME_EXPERIMENTS"] = json.dumps(self.plan["experiments"] if self.plan else [])
        if self.plan and "defaultUrl" in self.plan:
            # Not by the trait: it is a format string, and this text is the user's.
            env["JUPYTERHUB_DEFAULT_URL"] = self.plan["defaultUrl"]
        return env

    def service_url(self) -> str:
        """URL of the service as browsers see it: a path, or a URL where it has its own domain."""
        settings = self.user.settings
        base_url: str = self.hub.base_url
        path = url_path_join(
            base_url.removesuffix("/").removesuffix("/hub") + "/", "services", self.service_name
        )
        host = urlparse(settings.get("subdomain_host") or "")
        if not host.hostname:
            return f"{path}/"
        domain = settings["subdomain_hook"](self.service_name, settings["domain"], kind="service")
        port = f":{host.port}" if host.port else ""
        return f"{host.scheme}://{domain}{port}{path}/"

    def session_command(self) -> list[str]:
        """Command of the single-user server: that of the chosen environment, by its full path."""
        command: list[str] = list(self.cmd)
        path = self.plan.get("environmentPath") if self.plan else None
        if path is None:
            return command
        return [os.path.join(path, os.path.basename(command[0])), *command[1:]]  # noqa: PTH118, PTH119


async def render_form(spawner: BeamtimeSpawner) -> str:
    """Write the form's HTML for the hub's page. Works without the service, and then says so."""
    caller = await caller_of(spawner.user, on_cluster=spawner.on_cluster)
    form = problem = None
    try:
        form = await ServiceClient(spawner.service_socket).ask(
            "form", {"caller": caller, "server": spawner.name}
        )
    except ServiceError as error:
        problem = str(error)
        spawner.log.error("The form is shown without the service's data: %s", problem)
    # By the hub's URL: after a refused start there is no handler to ask.
    base_url: str = spawner.hub.base_url
    return form_page(
        base_url,
        {
            "base_url": base_url,
            "server": spawner.name,
            "user": spawner.user.name,
            "form": form,
            "problem": problem,
            "refused": refusals.take(spawner.user.name),
        },
    )


async def apply_user_options(spawner: BeamtimeSpawner, options: dict[str, Any]) -> None:
    """Decide whether a session may be started, and prepare the spawner for it.

    Parameters
    ----------
    spawner
        The session's spawner.
    options
        The hub's `user_options`, from anywhere: nothing about them is taken for granted.

    Raises
    ------
    Refused
        With status 400 for what the person can mend, 503 if the service does not answer.
        The choices are kept for the next form, unless they came by REST.
    """
    name = spawner.user.name
    try:
        plan = await _accepted_plan(spawner, options)
    except Refused as refusal:
        # Who asks by REST has the answer: their next form is no place for it.
        if options and not isinstance(spawner.handler, APIHandler):
            refusals.keep(name, options, refusal.errors)
        raise
    refusals.clear(name)
    await spawner.apply_plan(plan)


async def _accepted_plan(spawner: BeamtimeSpawner, options: dict[str, Any]) -> AcceptedPlan:
    if not options:
        raise Refused(
            400,
            "Nothing was asked for. Choose a session in the form; over REST, send user_options "
            "with partition, nprocs and runtime.",
        )
    errors = option_errors(options)
    if errors:
        raise refused_fields(errors)
    await spawner.check_account()
    caller = await caller_of(spawner.user, on_cluster=spawner.on_cluster)
    try:
        plan = await ServiceClient(spawner.service_socket).plan(
            caller, spawner.name, options, starting=True
        )
    except ServiceError as error:
        spawner.log.error("No plan for %s: %s", spawner._log_name, error, exc_info=error)
        raise Refused(
            503,
            f"{error} Your session was not started, because it could not be checked. "
            "Your choices are kept.",
        ) from error
    if not plan["ok"]:
        raise refused_fields(plan["errors"])
    return plan


def keep_refused(spawner: BeamtimeSpawner, refusal: Refused) -> web.HTTPError:
    """Keep the choices of a session that was refused later, by the scheduler itself."""
    refusals.keep(spawner.user.name, dict(spawner.user_options), refusal.errors)
    return refusal
