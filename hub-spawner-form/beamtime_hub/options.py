"""The options of `configure`: what they may be, and what they become."""

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .catalogue_options import check_catalogues, check_instrument_groups
from .checks import (
    ConfigurationError,
    absolute_path,
    each,
    one_of,
    optional,
    record,
    text,
    whole_number,
    wrong,
)
from .moss_partitions import MossPolicy
from .policy_options import check_policy

__all__ = ["ConfigurationError", "Options", "check_options"]

SOCKET_NAME = "service.sock"

_LONGEST_SOCKET = 95
"""Bytes for the path of the socket: Linux allows 107, the service needs some for itself."""


@dataclass(frozen=True)
class Options:
    """The options of `configure`, checked. Their meaning is documented there."""

    scheduler: str
    policy: dict[str, Any]
    catalogue: str | None
    catalogues: list[dict[str, Any]]
    data_roots: list[str]
    staff_groups: list[str]
    instrument_groups: dict[str, list[str]]
    database: dict[str, Any] | None
    state_dir: str
    service_port: int
    service_user: str | None
    shared_account: str | None
    home_template: str | None
    name: str

    @property
    def socket(self) -> str:
        """Absolute path of the service's unix socket."""
        return f"{self.state_dir}/{SOCKET_NAME}"

    def service_config(self) -> dict[str, Any]:
        """Give what the service reads from `BEAMTIME_CONFIG`."""
        config: dict[str, Any] = {
            "socket": self.socket,
            "stateDir": self.state_dir,
            "scheduler": {"kind": self.scheduler},
            "policy": self.policy,
            "dataRoots": self.data_roots,
            "staffGroups": self.staff_groups,
        }
        if self.catalogues:
            config["catalogues"] = self.catalogues
        if self.instrument_groups:
            config["instrumentGroups"] = self.instrument_groups
        if self.database is not None:
            config["database"] = self.database
        return config if self.catalogue is None else {**config, "catalogue": self.catalogue}


def check_options(given: Mapping[str, Any], moss: MossPolicy | None = None) -> Options:
    """Check the options of `configure`.

    Parameters
    ----------
    given
        The options by name.
    moss
        What is carried over from jupyterhub_moss, added to the policy.

    Raises
    ------
    ConfigurationError
        With the option's name, its value and what is allowed.
    """
    scheduler = one_of("scheduler", given["scheduler"], ("slurm", "local"))
    options = Options(
        scheduler=scheduler,
        policy=check_policy(given, environments_needed=moss is None),
        catalogue=optional("catalogue", given["catalogue"], absolute_path),
        catalogues=check_catalogues(given["catalogues"], given["catalogue"]),
        data_roots=each("data_roots", given["data_roots"], absolute_path),
        staff_groups=each("staff_groups", given["staff_groups"], text),
        instrument_groups=check_instrument_groups(given["instrument_groups"]),
        database=optional("database", given["database"], _database),
        state_dir=absolute_path("state_dir", given["state_dir"]),
        service_port=whole_number("service_port", given["service_port"], 1, 65535),
        service_user=optional("service_user", given["service_user"], text),
        shared_account=optional("shared_account", given["shared_account"], text),
        home_template=optional("home_template", given["home_template"], _home_template),
        name=text(
            "name",
            given["name"],
            r"[a-z0-9]([a-z0-9-]*[a-z0-9])?",
            "small letters, digits and hyphens",
        ),
    )
    if moss is not None:
        moss.add_to(options.policy)
    if len(os.fsencode(options.socket)) > _LONGEST_SOCKET:
        most = _LONGEST_SOCKET - len(SOCKET_NAME) - 1
        raise wrong("state_dir", options.state_dir, f"it must have at most {most} bytes.")
    _check_accounts(options)
    return options


def _check_accounts(options: Options) -> None:
    root = os.geteuid() == 0
    user, shared = options.service_user, options.shared_account
    if root and user is None:
        raise wrong(
            "service_user",
            user,
            "the hub runs as root and the service must not. Name an account of its own, "
            "such as one made by: useradd --system --no-create-home beamtime",
        )
    if user is not None:
        uid = _uid("service_user", user)
        if uid == 0:
            raise wrong("service_user", user, "it must not be root.")
        if not root and uid != os.geteuid():
            raise wrong("service_user", user, "only a hub that runs as root can become it.")
    if options.scheduler != "local" and options.home_template is not None:
        raise wrong("home_template", options.home_template, "it is only for scheduler='local'.")
    if shared is None:
        if root and options.home_template is not None:
            raise wrong(
                "home_template",
                options.home_template,
                "a hub that runs as root needs shared_account with it.",
            )
        return
    if options.scheduler != "local":
        raise wrong("shared_account", shared, "it is only for scheduler='local'.")
    if not root:
        raise wrong("shared_account", shared, "only a hub that runs as root can become it.")
    if _uid("shared_account", shared) == 0:
        raise wrong("shared_account", shared, "it must not be root.")
    if options.home_template is None:
        raise wrong(
            "home_template", None, "with shared_account it is needed: '/srv/homes/{username}'."
        )


def _uid(option: str, name: str) -> int:
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise wrong(option, name, "there is no such account on this machine.") from None


def _database(option: str, value: object) -> dict[str, Any]:
    given = {"url": value} if isinstance(value, str) else value
    fields = {"url": _database_url, "password_file": absolute_path}
    checked = record(option, given, fields, {"url"})
    password_file = checked.pop("password_file", None)
    return checked if password_file is None else {**checked, "passwordFile": password_file}


def _database_url(option: str, value: object) -> str:
    form = r"postgres(ql)?://\S+"
    return text(option, value, form, "such as 'postgresql://beamtime@db.example.org/beamtime'")


def _home_template(option: str, value: object) -> str:
    path = absolute_path(option, value)
    try:
        works = path.format(username="a") != path.format(username="b")
    except (KeyError, IndexError, ValueError):
        works = False
    if not works:
        raise wrong(option, value, "it must have {username} in it and no other braces.")
    return path
