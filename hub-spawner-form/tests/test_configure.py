"""`configure` adds to what an admin has set, and overwrites nothing."""

import inspect
import json
import os
import pwd
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from beamtime_hub import (
    BeamtimeLocalSpawner,
    BeamtimeSlurmSpawner,
    ConfigurationError,
    configure,
)
from beamtime_hub.options import check_options
from traitlets.config import Config


def value(c: Config, section: str, name: str, initial: Any) -> Any:
    """Give what a trait with this default would get."""
    configured = c[section][name]
    return configured.get_value(initial) if hasattr(configured, "get_value") else configured


def test_an_empty_configuration_gets_all_of_it(given: dict[str, Any], root: bool) -> None:
    c = Config()
    configure(c, **given, partitions={"cpu": {"title": "Everyday"}}, catalogue="/srv/none.json")
    assert c.JupyterHub.spawner_class is BeamtimeSlurmSpawner
    assert c.JupyterHub.oauth_require_pkce is True
    [service] = value(c, "JupyterHub", "services", [])
    assert service["oauth_no_confirm"] is True
    assert service["oauth_client_allowed_scopes"] == [
        "custom:beamtime:api!user",
        "start:servers!user",
    ]
    assert service["url"] == "http://127.0.0.1:8095"
    assert service.get("user") == ("nobody" if root else None)
    assert json.loads(service["environment"]["BEAMTIME_CONFIG"]) == {
        "socket": f"{given['state_dir']}/service.sock",
        "stateDir": given["state_dir"],
        "scheduler": {"kind": "slurm"},
        "policy": {
            "environments": [{"description": "", **given["environments"][0]}],
            "partitions": {"cpu": {"title": "Everyday"}},
            "durations": [60, 240, 480, 720, 1440],
        },
        "catalogue": "/srv/none.json",
        "dataRoots": [],
        "staffGroups": [],
        "namedSessions": None,
    }
    # It starts sessions with its visitors' tokens only; by itself it may but look.
    assert value(c, "JupyterHub", "load_roles", []) == [
        {
            "name": "beamtime-service",
            "services": ["beamtime"],
            "scopes": ["read:servers", "admin:server_state"],
        }
    ]
    assert value(c, "JupyterHub", "extra_user_scopes", set()) == {
        "access:services!service=beamtime",
        "custom:beamtime:api!user",
    }
    assert set(value(c, "JupyterHub", "custom_scopes", {})) == {"custom:beamtime:api"}
    assert value(c, "Spawner", "oauth_client_allowed_scopes", []) == ["custom:beamtime:api!server"]
    paths = [entry[0] for entry in value(c, "JupyterHub", "extra_handlers", [])]
    assert paths == [
        r"/beamtime/static/(.*)",
        "/beamtime/form",
        "/beamtime/preview",
        "/beamtime/experiments",
        "/beamtime/presets",
        "/beamtime/presets/(.+)",
        "/beamtime/check-environment",
    ]


def assigned() -> Config:
    c = Config()
    c.JupyterHub.services = [{"name": "culler"}]
    c.JupyterHub.load_roles = [{"name": "culler"}]
    c.JupyterHub.custom_scopes = {"custom:x": {"description": "x"}}
    c.JupyterHub.extra_user_scopes = ["shares!user"]
    c.JupyterHub.extra_handlers = [("/x", object)]
    c.Spawner.oauth_client_allowed_scopes = ["custom:x"]
    return c


def added_to() -> Config:
    c = Config()
    c.JupyterHub.services.append({"name": "culler"})
    c.JupyterHub.load_roles.extend([{"name": "culler"}])
    c.JupyterHub.custom_scopes.update({"custom:x": {"description": "x"}})
    c.JupyterHub.extra_user_scopes.add("shares!user")
    c.JupyterHub.extra_handlers.prepend([("/x", object)])
    c.Spawner.oauth_client_allowed_scopes.insert(0, "custom:x")
    return c


@pytest.mark.parametrize("make", [assigned, added_to])
def test_adds_to_what_is_there(given: dict[str, Any], make: Any) -> None:
    c = make()
    configure(c, **given)
    names = [service["name"] for service in value(c, "JupyterHub", "services", [])]
    assert names == ["culler", "beamtime"]
    roles = [role["name"] for role in value(c, "JupyterHub", "load_roles", [])]
    assert roles == ["culler", "beamtime-service"]
    scopes = value(c, "JupyterHub", "custom_scopes", {})
    assert set(scopes) == {"custom:x", "custom:beamtime:api"}
    extra = value(c, "JupyterHub", "extra_user_scopes", set())
    assert extra > {"shares!user", "custom:beamtime:api!user"}
    handlers = value(c, "JupyterHub", "extra_handlers", [])
    assert [entry[0] for entry in handlers][:2] == ["/x", r"/beamtime/static/(.*)"]
    allowed = value(c, "Spawner", "oauth_client_allowed_scopes", [])
    assert allowed == ["custom:x", "custom:beamtime:api!server"]


def test_a_look_is_no_choice(given: dict[str, Any]) -> None:
    c = Config()
    repr((c.JupyterHub.spawner_class, c.JupyterHub.oauth_require_pkce, c.Spawner.options_form))
    configure(c, **given)
    assert c.JupyterHub.spawner_class is BeamtimeSlurmSpawner
    assert c.JupyterHub.oauth_require_pkce is True


def test_leaves_what_is_decided(given: dict[str, Any]) -> None:
    class Own(BeamtimeSlurmSpawner):
        """A site's own spawner."""

    c = Config()
    c.JupyterHub.spawner_class = Own
    c.JupyterHub.oauth_require_pkce = False
    c.JupyterHub.custom_scopes = {"custom:beamtime:api": {"description": "Ours"}}
    c.BeamtimeSpawner.data_roots = ["/elsewhere"]
    c.SlurmSpawner.oauth_client_allowed_scopes = ["custom:x"]
    c.JupyterHub.services.append({"name": "a"})
    c.JupyterHub.services.insert(0, {"name": "b"})
    configure(c, **given)
    assert c.JupyterHub.spawner_class is Own
    assert c.JupyterHub.oauth_require_pkce is False
    assert c.JupyterHub.custom_scopes == {"custom:beamtime:api": {"description": "Ours"}}
    assert c.BeamtimeSpawner.data_roots == ["/elsewhere"]
    # The class's own section hides Spawner's: there it must be added.
    assert c.SlurmSpawner.oauth_client_allowed_scopes == ["custom:x", "custom:beamtime:api!server"]


def test_the_spawner_gets_its_settings(given: dict[str, Any], root: bool) -> None:
    c = Config()
    local = {**given, "scheduler": "local", "data_roots": ["/data/"], "name": "bt"}
    if root:
        local |= {"shared_account": "nobody", "home_template": "/srv/homes/{username}"}
    configure(c, **local)
    user = SimpleNamespace(name="alice")
    spawner = BeamtimeLocalSpawner(config=c, user=user)
    assert spawner.service_socket == f"{given['state_dir']}/service.sock"
    assert (spawner.service_name, spawner.data_roots) == ("bt", ["/data"])
    homes = "/srv/homes" if root else f"{given['state_dir']}/homes"
    assert spawner.home() == f"{homes}/alice"


def test_the_state_dir_is_the_services_alone(given: dict[str, Any], root: bool) -> None:
    Path(given["state_dir"]).mkdir(mode=0o777)
    configure(Config(), **given)
    made = Path(given["state_dir"]).stat()
    assert made.st_mode & 0o777 == 0o700
    assert made.st_uid == (pwd.getpwnam("nobody").pw_uid if root else os.geteuid())


def test_takes_our_spawner_by_name(given: dict[str, Any]) -> None:
    c = Config()
    c.JupyterHub.spawner_class = "beamtime_hub.BeamtimeSlurmSpawner"
    configure(c, **given)
    assert c.JupyterHub.spawner_class == "beamtime_hub.BeamtimeSlurmSpawner"


def test_the_policy_is_told_to_the_service(given: dict[str, Any]) -> None:
    c = Config()
    environments = [
        {
            "id": "ml",
            "name": "Learning",
            "icon": "/hub/static/ml.svg",
            "image": "/images/ml.sif",
            "modules": ["cuda/12"],
            "prologue": "umask 027",
            "partitions": ["gpu"],
        },
        {"id": "own", "name": "Own", "path": "/opt/own/bin", "add_to_path": False},
    ]
    configure(
        c,
        **{**given, "environments": environments},
        partitions={"gpu": {"title": "GPUs", "architecture": "x86_64", "simple": False}},
        rules=[
            {"groups": ["staff"], "max_cores": 64, "max_memory": "2T"},
            {"instruments": ["BX11"], "account": "{proposal}", "use_partitions": ["gpu"]},
            {"max_gpus": 0, "max_minutes": 60, "gpu_type": "a100"},
        ],
        custom_environments=False,
        start_by_link=True,
    )
    [service] = value(c, "JupyterHub", "services", [])
    policy = json.loads(service["environment"]["BEAMTIME_CONFIG"])["policy"]
    assert policy["environments"] == [
        {"description": "", **environments[0]},
        {
            "description": "",
            "id": "own",
            "name": "Own",
            "path": "/opt/own/bin",
            "addToPath": False,
        },
    ]
    assert policy["partitions"] == {
        "gpu": {"title": "GPUs", "architecture": "x86_64", "simple": False}
    }
    assert policy["rules"] == [
        {"groups": ["staff"], "maxCores": 64, "maxMemoryMiB": 2 * 1024 * 1024},
        {"instruments": ["BX11"], "account": "{proposal}", "usePartitions": ["gpu"]},
        {"maxGpus": 0, "maxMinutes": 60, "gpuType": "a100"},
    ]
    assert policy["allow"] == {"customEnvironments": False, "startByLink": True}


def test_one_account_for_all_means_no_software_of_ones_own(
    given: dict[str, Any], root: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    given = {**given, "service_user": "nobody", "scheduler": "local"}
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(configure).parameters.items()
        if parameter.default is not inspect.Parameter.empty
    }
    options = {**defaults, "partitions": {}, **given}
    options.update(shared_account="nobody", home_template="/homes/{username}")
    assert check_options(options).policy["allow"] == {"customEnvironments": False}
    options["custom_environments"] = True
    assert check_options(options).policy["allow"] == {"customEnvironments": True}


@pytest.mark.parametrize(
    ("database", "becomes"),
    [
        ("postgresql://beam@db/bt", {"url": "postgresql://beam@db/bt"}),
        (
            {"url": "postgres:///bt?host=/run/pg", "password_file": "/etc/bt"},
            {"url": "postgres:///bt?host=/run/pg", "passwordFile": "/etc/bt"},
        ),
    ],
)
def test_the_store_may_be_a_database_of_the_site(
    given: dict[str, Any], database: Any, becomes: dict[str, Any]
) -> None:
    c = Config()
    configure(c, **given, database=database)
    [service] = value(c, "JupyterHub", "services", [])
    assert json.loads(service["environment"]["BEAMTIME_CONFIG"])["database"] == becomes


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("mysql://db/bt", "such as 'postgresql://"),
        ({"password_file": "/etc/bt"}, "the key 'url' is missing"),
        ({"url": "postgresql://db/bt", "password": "x"}, "there is no such key"),
        ({"url": "postgresql://db/bt", "password_file": "etc"}, "must be an absolute path"),
    ],
)
def test_a_wrong_database_is_refused(given: dict[str, Any], database: Any, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        configure(Config(), **given, database=database)


def test_the_commands_know_the_configuration_while_the_service_is_down(
    given: dict[str, Any], tmp_path: Path
) -> None:
    """The account could have laid a link there, for root to write through."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    settings = Path(given["state_dir"], "settings.json")
    settings.parent.mkdir(exist_ok=True)
    settings.symlink_to(precious)
    c = Config()
    c.JupyterHub.subdomain_host = "https://hub.example.org"
    configure(c, **given)
    assert precious.read_text() == "mine"
    assert not settings.is_symlink()
    assert settings.stat().st_mode & 0o777 == 0o600
    [service] = value(c, "JupyterHub", "services", [])
    kept = json.loads(settings.read_text())
    assert kept["config"] == json.loads(service["environment"]["BEAMTIME_CONFIG"])
    assert kept["hub"]["subdomainHost"] == "https://hub.example.org"
    assert sorted(path.name for path in settings.parent.iterdir()) == ["settings.json"]
