"""`configure` refuses what cannot work: with the option, its value, and what to do."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from beamtime_hub import BeamtimeLocalSpawner, ConfigurationError, configure
from traitlets.config import Config

ENVIRONMENT = {"id": "analysis", "name": "Analysis", "path": "/opt/env/bin"}


@pytest.mark.parametrize(
    ("option", "wrong", "allowed"),
    [
        ("scheduler", "slrum", "one of 'slurm', 'local'"),
        ("scheduler", None, "one of"),
        ("schedular", "slurm", "Did you mean 'scheduler'?"),
        ("environments", [], "at least one"),
        ("environments", "analysis", "a list"),
        ("environments", [{"id": "a", "name": "A", "paht": "/x"}], "no such key; keys: id, name"),
        ("environments", [{"name": "A"}], "'id' is missing"),
        ("environments", [{"id": "a b", "name": "A"}], "letters, digits"),
        ("environments", [{"id": "a", "name": "A", "path": "bin"}], "an absolute path"),
        ("environments", [{"id": "a", "name": "A", "modules": ["x;y"]}], "a module's name"),
        ("environments", [ENVIRONMENT, ENVIRONMENT], "taken already"),
        ("environments", [{**ENVIRONMENT, "image": "/x.sif"}], "not both"),
        ("environments", [{**ENVIRONMENT, "icon": "https://elsewhere/x.png"}], "a path on this"),
        ("environments", [{**ENVIRONMENT, "icon": "//elsewhere/x.png"}], "a path on this hub"),
        ("environments", [{**ENVIRONMENT, "add_to_path": "no"}], "True or False"),
        ("environments", [{**ENVIRONMENT, "partitions": "gpu"}], "a list"),
        ("partitions", {"cpu": {"title": "x", "simple": 1}}, "True or False"),
        ("rules", {"max_cores": 4}, "a list"),
        ("rules", [{"max_cpus": 4}], "no such key; keys: groups"),
        ("rules", [{"groups": ["a"]}], "decides nothing"),
        ("rules", [{"max_cores": 0}], "from 1 to"),
        ("rules", [{"max_memory": 64}], "a size with its unit"),
        ("rules", [{"max_memory": "64"}], "a size with its unit"),
        ("rules", [{"account": "a b"}], "{proposal} and {instrument}"),
        ("rules", [{"reservation": "{user}"}], "{proposal} and {instrument}"),
        ("rules", [{"groups": "staff", "max_cores": 4}], "a list"),
        ("custom_environments", "yes", "True or False"),
        ("extra_options", 1, "True or False"),
        ("start_by_link", "no", "True or False"),
        ("partitions", ["cpu"], "a dictionary by name"),
        ("partitions", {"cpu": {"titel": "x"}}, "no such key"),
        ("durations", [], "ascending"),
        ("durations", [60, 30], "ascending"),
        ("durations", [True], "a whole number"),
        ("durations", ["1h"], "a whole number"),
        ("catalogue", "catalogue.json", "an absolute path"),
        ("data_roots", "/data", "a list"),
        ("data_roots", ["data"], "an absolute path"),
        ("data_roots", ["/data/../etc"], "an absolute path"),
        ("staff_groups", [""], "a text"),
        ("state_dir", "state", "an absolute path"),
        ("state_dir", "/x" * 60, "at most 82 bytes"),
        ("state_dir", "/dev/null/x", "cannot be made"),
        ("service_port", "8095", "from 1 to 65535"),
        ("service_port", True, "from 1 to 65535"),
        ("service_port", 65536, "from 1 to 65535"),
        ("service_user", "no-such-account", "no such account"),
        ("service_user", "root", "root"),
        ("shared_account", "nobody", "only for scheduler='local'"),
        ("home_template", "/homes/{username}", "only for scheduler='local'"),
        ("home_template", "/homes", "must have {username}"),
        ("home_template", "/homes/{user}", "must have {username}"),
        ("name", "Beam Time", "small letters"),
        ("name", "culler", "a service of this name"),
    ],
)
def test_refuses_a_wrong_option_by_name_value_and_remedy(
    given: dict[str, Any], option: str, wrong: object, allowed: str
) -> None:
    c = Config()
    c.JupyterHub.services = [{"name": "culler"}]
    before = json.dumps(c)
    with pytest.raises(ConfigurationError) as refused:
        configure(c, **{**given, option: wrong})
    message = str(refused.value)
    assert option in message
    assert allowed in message
    shown = wrong if isinstance(wrong, str | int) else ""
    assert str(shown)[:100] in message
    assert option == "state_dir" or json.dumps(c) == before


def test_root_needs_accounts_to_become(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(ConfigurationError, match=r"service_user=None.*useradd --system"):
        configure(Config(), **{**given, "service_user": None})
    local = {**given, "scheduler": "local", "service_user": "nobody"}
    with pytest.raises(ConfigurationError, match=r"shared_account='root'.*must not be root"):
        configure(Config(), **local, shared_account="root", home_template="/h/{username}")
    with pytest.raises(ConfigurationError, match="home_template=None"):
        configure(Config(), **local, shared_account="nobody")
    with pytest.raises(ConfigurationError, match="needs shared_account"):
        configure(Config(), **local, home_template="/h/{username}")


def test_others_cannot_become_anybody(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    for option in ("service_user", "shared_account"):
        with pytest.raises(ConfigurationError, match=f"{option}='nobody'.*only a hub that runs as"):
            configure(
                Config(),
                **{**given, "scheduler": "local", "service_user": None, option: "nobody"},
            )


@pytest.mark.parametrize(
    "chosen",
    ["simple", "batchspawner.SlurmSpawner", "no.such.Spawner", BeamtimeLocalSpawner, 7],
)
def test_refuses_a_spawner_that_does_not_check(given: dict[str, Any], chosen: object) -> None:
    c = Config()
    c.JupyterHub.spawner_class = chosen
    with pytest.raises(ConfigurationError, match=r"spawner_class is .*"):
        configure(c, **given)


@pytest.mark.parametrize("section", ["Spawner", "SlurmSpawner", "BeamtimeSlurmSpawner"])
@pytest.mark.parametrize("hook", ["apply_user_options", "options_form", "options_from_form"])
def test_refuses_hooks_that_would_replace_the_checks(
    given: dict[str, Any], section: str, hook: str
) -> None:
    c = Config()
    c[section][hook] = lambda *_: None
    with pytest.raises(ConfigurationError, match=rf"c\.{section}\.{hook} is set"):
        configure(c, **given)


@pytest.mark.parametrize(
    ("section", "name", "unfit"),
    [
        ("JupyterHub", "extra_handlers", {}),
        ("JupyterHub", "custom_scopes", []),
        ("JupyterHub", "extra_user_scopes", "shares!user"),
        ("Spawner", "oauth_client_allowed_scopes", lambda spawner: []),
    ],
)
def test_refuses_what_it_cannot_add_to(
    given: dict[str, Any], section: str, name: str, unfit: object
) -> None:
    c = Config()
    c[section][name] = unfit
    with pytest.raises(ConfigurationError, match=rf"c\.{section}\.{name} is .* it must be a"):
        configure(c, **given)


@pytest.mark.parametrize("name", ["form_script", "form_style", "service"])
def test_says_how_to_build_what_is_missing(given: dict[str, Any], built: Path, name: str) -> None:
    (built / name).unlink()
    with pytest.raises(ConfigurationError, match=f"{name} is missing.*npm run build"):
        configure(Config(), **given)


def test_a_second_call_is_refused(given: dict[str, Any]) -> None:
    c = Config()
    configure(c, **given)
    with pytest.raises(ConfigurationError, match="a service of this name already"):
        configure(c, **given)
