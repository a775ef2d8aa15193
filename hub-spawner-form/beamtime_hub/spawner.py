"""What both spawners share: the form, the check of every request, the session's environment."""

import json
import pwd
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlparse

from jupyterhub.apihandlers.base import APIHandler
from jupyterhub.spawner import Spawner
from jupyterhub.utils import maybe_future, url_path_join
from tornado import web
from traitlets import Bool, List, Unicode, default

from .ending import is_news
from .errors import FieldError, Refused, refused_fields
from .form_page import form_page
from .links import wish_of_link
from .people import caller_of, sessions_of
from .refusals import refusals
from .request import options_from_form, options_from_query
from .schema import option_errors
from .service import AcceptedPlan, ServiceClient, ServiceError
from .slurm_script import at_home, session_words
from .software import EnvironmentCheck, look, missing_path, starts
from .waiting_page import WaitingPage, waiting_page

ASKED_AGAIN = 15.0
"""Seconds for which the progress page says that a second request was not sent."""


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

    singularity_cmd = List(
        Unicode(),
        ["apptainer", "exec"],
        help="What runs the image (.sif) of an environment, as in jupyterhub_moss.",
    ).tag(config=True)

    check_software = Bool(
        True,
        help="Whether software of a user's own is looked for, as the user, before a start. "
        "Turn it off if the hub's machine does not see the users' files.",
    ).tag(config=True)

    on_cluster = False
    """Whether a session runs under an account of the cluster, whose groups matter."""

    ended: Any = None
    """How the last session of this name ended: an `ending.Ended`, if that is known and news."""

    is_asked_for = False
    """Whether a request for this session is being answered."""

    asked_again_at: float = float("-inf")

    asked_at: datetime | None = None
    """When the start that is under way was asked for; not known after a restart of the hub."""

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
        return self.read_options(options_from_query(query_data))

    def read_options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Put a request into our terms; see `moss.MOSlurmSpawner`. Nothing to do by default."""
        return dict(options)

    def site_html(self) -> str:
        """HTML of the site's own, to stand below the form. None by default."""
        return ""

    @default("apply_user_options")
    def _default_apply_user_options(self) -> Any:
        return apply_user_options

    @property
    def asked_again(self) -> bool:
        """Whether the session was asked for once more while it was being started."""
        return bool(time.monotonic() - self.asked_again_at < ASKED_AGAIN)

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
        self.asked_at = datetime.now(timezone.utc)

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
        self.plan = self.asked_at = None

    def get_env(self) -> dict[str, str]:
        """Environment of the session, with what Beamtime's side in JupyterLab needs."""
        env: dict[str, str] = super().get_env()
        env.setdefault("BEAMTIME_URL", self.service_url())
        env.setdefault("BEAMTIME_DATA_ROOTS", json.dumps(self.data_roots))
        env["BEAMTIME_EXPERIMENTS"] = json.dumps(self.plan["experiments"] if self.plan else [])
        if self.plan and "defaultUrl" in self.plan:
            # Not by the trait: it is a format string, and this text is the user's.
            env["JUPYTERHUB_DEFAULT_URL"] = self.plan["defaultUrl"]
        if self.plan and "rootDir" in self.plan:
            env["JUPYTERHUB_ROOT_DIR"] = self.plan["rootDir"]  # Likewise.
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
        return self.in_environment(command)

    def in_environment(self, command: list[str]) -> list[str]:
        """Give a command as it is run in the chosen environment."""
        return session_words(command, self.plan, self.home(), self.singularity_cmd)

    def home(self) -> str:
        """Absolute path of the user's home; empty if there is no such account."""
        try:
            return pwd.getpwnam(self.user.name).pw_dir
        except KeyError:
            return ""

    def as_user(self) -> list[str]:
        """Give the words before a command that make it run as the user; none by default."""
        return []

    async def look_at_software(self, path: str | None, modules: Sequence[str]) -> EnvironmentCheck:
        """Look at software of the user's own, as the user."""
        own = None if path is None else at_home(path, self.home())
        found = await look(own, modules, self.as_user(), self.singularity_cmd)
        if not self.on_cluster:
            # Processes of this machine are started without a wrapper.
            found["checks"] = [
                check for check in found["checks"] if check["name"] != "batchspawner-singleuser"
            ]
            found["ok"] = starts(found["checks"])
        return found

    def waiting_page(self, progress_url: str) -> WaitingPage:
        """Describe the start that is under way, for the template of the hub's page of it."""
        return waiting_page(self, progress_url)

    async def preview(self, plan: AcceptedPlan, server: str) -> str | None:
        """Write the batch script as it would be submitted; `None` if there is none."""
        return None


async def render_form(spawner: BeamtimeSpawner) -> str:
    """Write the form's HTML for the hub's page. Works without the service, and then says so."""
    caller = await caller_of(spawner.user, on_cluster=spawner.on_cluster)
    form = problem = None
    try:
        form = await ServiceClient(spawner.service_socket).ask(
            "form", {"caller": caller, "server": spawner.name}
        )
        limit = spawner.user.settings.get("named_server_limit_per_user", 0)
        if callable(limit):
            limit = await maybe_future(limit(spawner.handler)) if spawner.handler else 0
        form["sessions"] = sessions_of(spawner.user, limit)
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
            "refused": refusals.take(spawner.user.name) or wish_of_link(spawner),
            "ended": spawner.ended if is_news(spawner.ended) else None,
        },
        spawner.site_html(),
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
    options = spawner.read_options(options)
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
    if plan.get("custom") and spawner.check_software:
        path = plan.get("image") or plan.get("environmentPath")
        problem = await missing_path(path and at_home(path, spawner.home()), spawner.as_user())
        if problem is not None:
            raise refused_fields([FieldError(field="environment_path", message=problem)])
    return plan


def keep_refused(spawner: BeamtimeSpawner, refusal: Refused) -> web.HTTPError:
    """Keep the choices of a session that was refused later, by the scheduler itself."""
    refusals.keep(spawner.user.name, dict(spawner.user_options), refusal.errors)
    return refusal
