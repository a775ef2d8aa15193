"""Moving over from jupyterhub_moss: its configuration and requests, read as it would read them."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from beamtime_hub import BeamtimeSlurmSpawner, ConfigurationError, configure
from beamtime_hub.moss import MOSlurmSpawner, read_moss
from beamtime_hub.moss_options import from_moss
from beamtime_hub.moss_partitions import read_partitions
from traitlets.config import Config

DEFAULT = {
    "description": "Default",
    "path": "/env/path/bin/",
    "modules": "",
    "add_to_path": True,
    "prologue": "",
}
PARTITIONS: dict[str, Any] = {
    "cpu": {
        "architecture": "x86_64",
        "description": "Everyday",
        "gpu": None,
        "max_ngpus": 0,
        "max_nprocs": 28,
        "max_runtime": 12 * 3600,
        "simple": True,
        "jupyter_environments": {"default": DEFAULT},
    },
    "gpu": {
        "architecture": "ppc64le",
        "description": "With GPUs",
        "gpu": "gpu:V100-SXM2-32GB:{}",
        "max_ngpus": 2,
        "max_nprocs": 128,
        "max_runtime": 1800,
        "simple": True,
        "jupyter_environments": {
            "default": {
                "description": "Default",
                "path": "",
                "modules": "JupyterLab/3.6.0  hdf5/1.14",
                "add_to_path": False,
                "prologue": "echo 'Starting'",
            },
            "my image (new)": {"description": "An image", "path": "/images/lab.sif"},
        },
    },
    "big": {"simple": False, "jupyter_environments": {"default": DEFAULT}},
}
"""Every field of moss's documentation."""

LOG = "traitlets"


def moss_config(**options: Any) -> Config:
    c = Config()
    c.MOSlurmSpawner.partitions = PARTITIONS
    for name, value in options.items():
        c.MOSlurmSpawner[name] = value
    return c


def policy_of(c: Config) -> dict[str, Any]:
    """Give the policy that the service gets."""
    [*_, service] = c.JupyterHub.services.to_dict()["extend"]
    policy: dict[str, Any] = json.loads(service["environment"]["BEAMTIME_CONFIG"])["policy"]
    return policy


def test_environments_know_their_partitions() -> None:
    policy = read_partitions(PARTITIONS)
    assert policy.environments == [
        {
            "id": "default",
            "name": "Default",
            "description": "On cpu, big",
            "path": "/env/path/bin",
            "addToPath": True,
            "partitions": ["cpu", "big"],
        },
        {
            "id": "default@gpu",
            "name": "Default",
            "description": "On gpu",
            "addToPath": False,
            "modules": ["JupyterLab/3.6.0", "hdf5/1.14"],
            "prologue": "echo 'Starting'",
            "partitions": ["gpu"],
        },
        {
            "id": "my-image-new-",
            "name": "An image",
            "description": "",
            "image": "/images/lab.sif",
            "addToPath": True,
            "partitions": ["gpu"],
        },
    ]
    assert policy.ids == {
        "cpu": {"default": "default"},
        "gpu": {"default": "default@gpu", "my image (new)": "my-image-new-"},
        "big": {"default": "default"},
    }


def test_partitions_have_labels_and_limits() -> None:
    policy = read_partitions(PARTITIONS)
    assert policy.partitions == {
        "cpu": {"title": "Everyday", "simple": True, "architecture": "x86_64"},
        "gpu": {"title": "With GPUs", "simple": True, "architecture": "ppc64le"},
        "big": {"title": "big", "simple": False},
    }
    assert policy.rules == [
        {"partitions": ["cpu"], "maxCores": 28, "maxGpus": 0, "maxMinutes": 720},
        {
            "partitions": ["gpu"],
            "maxCores": 128,
            "maxGpus": 2,
            "maxMinutes": 30,
            "gpuType": "V100-SXM2-32GB",
        },
    ]
    assert policy.notes == []


@pytest.mark.parametrize(
    ("template", "rule", "noted"),
    [
        (None, {}, False),
        ("", {"maxGpus": 0}, False),
        ("gpu:{}", {}, False),
        ("gpu:a100:{}", {"gpuType": "a100"}, False),
        ("shard:{}", {}, True),
        ("gpu:a100:{},license:x", {}, True),
    ],
)
def test_gpu_templates(template: str | None, rule: dict[str, Any], noted: bool) -> None:
    policy = read_partitions({"p": {"gpu": template, "jupyter_environments": {"d": DEFAULT}}})
    assert policy.rules == ([{"partitions": ["p"], **rule}] if rule else [])
    assert [template in note for note in policy.notes if template] == [True] * noted


@pytest.mark.parametrize(
    ("partition", "words"),
    [
        ({}, "the key 'jupyter_environments' is missing"),
        ({"jupyter_environments": {}}, "at least one environment"),
        ({"jupyter_environments": {"a": {"description": "A"}}}, "it needs a path or modules"),
        ({"jupyter_environments": {"a": {"path": "/a"}}}, "the key 'description' is missing"),
        ({"jupyter_environments": {"a": DEFAULT}, "max_mem": 1}, "there is no such key"),
        ({"jupyter_environments": {"a": DEFAULT}, "simple": "yes"}, "it must be True or False"),
        ({"jupyter_environments": {"a": DEFAULT}, "max_nprocs": 0}, "a whole number from 1"),
    ],
)
def test_what_moss_refuses_is_refused(partition: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        read_partitions({"p": partition})


IDS = read_partitions(PARTITIONS).ids
LONGEST = {"cpu": 720, "gpu": 30}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # Moss's shortest link.
        (
            {"partition": "cpu"},
            {"environment_id": "default", "nprocs": 1, "runtime": "1:00:00"},
        ),
        # The site's limit is shorter than moss's hour.
        (
            {"partition": "gpu"},
            {"environment_id": "default@gpu", "nprocs": 1, "runtime": "0:30:00"},
        ),
        # All that a REST client of moss must send.
        (
            {
                "partition": "big",
                "runtime": "2:00:00",
                "nprocs": 4,
                "memory": "8G",
                "reservation": "",
                "ngpus": 0,
                "options": "",
                "output": "/dev/null",
                "environment_id": "default",
                "environment_path": "",
                "environment_modules": "",
                "default_url": "/lab",
                "root_dir": "",
                "gres": "",
                "prologue": "",
            },
            {
                "runtime": "2:00:00",
                "nprocs": 4,
                "memory": "8G",
                "ngpus": 0,
                "environment_id": "default",
                "default_url": "/lab",
            },
        ),
        (
            {"partition": "cpu", "mem": "4G", "nprocs": "2", "output": "true", "ngpus": " 1"},
            {
                "memory": "4G",
                "nprocs": 2,
                "output": True,
                "ngpus": 1,
                "environment_id": "default",
                "runtime": "1:00:00",
            },
        ),
        # Of a known environment, the site's own path counts, not the client's.
        (
            {
                "partition": "gpu",
                "environment_id": "my image (new)",
                "environment_path": "/tmp/mine",
                "environment_modules": "evil",
            },
            {"environment_id": "my-image-new-", "nprocs": 1, "runtime": "0:30:00"},
        ),
        (
            {
                "partition": "cpu",
                "environment_id": "mine",
                "environment_path": "/home/a/env/bin",
                "environment_modules": "hdf5 cuda/12",
            },
            {
                "environment_name": "mine",
                "environment_path": "/home/a/env/bin",
                "environment_modules": ["hdf5", "cuda/12"],
                "nprocs": 1,
                "runtime": "1:00:00",
            },
        ),
    ],
)
def test_requests_of_moss(options: dict[str, Any], expected: dict[str, Any]) -> None:
    assert from_moss(options, IDS, LONGEST) == {"partition": options["partition"], **expected}


def test_requests_of_ours_stay_as_they_are() -> None:
    ours = {
        "partition": "gpu",
        "nprocs": 3,
        "runtime": "0:10:00",
        "output": True,
        "environment_id": "default@gpu",
        "environment_name": "x",
        "experiments": ["embedded:1"],
    }
    assert from_moss(ours, IDS, LONGEST) == ours


@pytest.mark.parametrize(
    "options",
    [
        {"partition": ["cpu"]},
        {"partition": {"a": 1}, "environment_id": 7, "nprocs": None},
        {"partition": "cpu", "output": {"a": []}, "environment_modules": {"x": 1}},
        {"partition": "cpu", "gres": "gpu:1", "nprocs": "1\n2", "prologue": "rm"},
    ],
)
def test_what_cannot_be_read_is_left_to_be_refused(options: dict[str, Any]) -> None:
    read = from_moss(options, IDS, LONGEST)
    assert {key: read[key] for key in options if options[key] is not None}.items() <= read.items()


def test_one_call_moves_a_site(given: dict[str, Any], user: SimpleNamespace) -> None:
    c = moss_config(req_account="beam", singularity_cmd=["apptainer", "exec"])
    c.SlurmSpawner.req_qos = "normal"
    c.BatchSpawnerBase.exec_prefix = "sudo -u {username}"
    configure(c, **{**given, "environments": []})
    assert c.JupyterHub.spawner_class is MOSlurmSpawner
    policy = policy_of(c)
    assert policy["environments"][0]["id"] == "default"
    assert policy["onlyPartitions"] == ["cpu", "gpu", "big"]
    assert policy["allow"]["extraOptions"] is True
    spawner = MOSlurmSpawner(config=c, user=user)
    assert isinstance(spawner, BeamtimeSlurmSpawner)
    assert (spawner.req_account, spawner.req_qos) == ("beam", "normal")
    assert spawner.exec_prefix == "sudo -u {username}"
    assert spawner.singularity_cmd == ["apptainer", "exec"]
    unsaid = MOSlurmSpawner(config=moss_config(), user=user)
    assert unsaid.singularity_cmd == ["singularity", "exec"]
    read = spawner.options_from_query({"partition": ["gpu"], "environment_id": ["default"]})
    assert read["environment_id"] == "default@gpu"
    own = {"partition": ["gpu"], "environment_modules": ["a/1 b"], "output": ["true"]}
    read = spawner.options_from_query(own)
    assert (read["environment_modules"], read["output"]) == (["a/1", "b"], True)


def test_the_sites_own_options_stand_beside(given: dict[str, Any]) -> None:
    c = moss_config()
    configure(c, **{**given, "partitions": {"cpu": {"title": "Ours"}}})
    policy = policy_of(c)
    assert policy["environments"][-1]["id"] == "analysis"
    assert policy["partitions"]["cpu"] == {"title": "Ours"}
    taken = {**given["environments"][0], "id": "default"}
    with pytest.raises(ConfigurationError, match="has an environment of this id"):
        configure(moss_config(), **{**given, "environments": [taken]})


def test_without_moss_nothing_is_read() -> None:
    assert read_moss(Config()) is None


def test_a_call_above_the_partitions_is_told_where_to_go(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=r"below c\.MOSlurmSpawner\.partitions"):
        configure(Config(), **{**given, "environments": []})
    c = Config()
    c.MOSlurmSpawner.req_account = "beam"
    with pytest.raises(ConfigurationError, match="Move the call to the end of the file"):
        configure(c, **given)


def info(output: str) -> dict[str, Any]:
    name, cores = output.split()
    return {
        name: SimpleNamespace(max_nprocs=int(cores), max_mem=1000, max_ngpus=0, max_runtime=90),
        "elsewhere": SimpleNamespace(max_nprocs=1),
    }


def test_limits_of_the_sites_own_function() -> None:
    policy = read_moss(moss_config(slurm_info_cmd="echo big 7", slurm_info_resources=info))
    assert policy is not None
    assert policy.rules[-1] == {
        "partitions": ["big"],
        "maxCores": 7,
        "maxMemoryMiB": 1000,
        "maxGpus": 0,
        "maxMinutes": 1,
    }


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"slurm_info_cmd": "sinfo -M other"}, "slurm_info_cmd is not run"),
        (
            {"slurm_info_cmd": "echo out of order >&2; false", "slurm_info_resources": info},
            "slurm_info_cmd failed: out of order",
        ),
        ({"slurm_info_cmd": "echo nonsense", "slurm_info_resources": info}, "ValueError"),
    ],
)
def test_what_is_not_carried_over_is_said(
    options: dict[str, Any], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger=LOG):
        assert read_moss(moss_config(**options)) is not None
    [line] = caplog.messages
    assert line.startswith("Moving over from jupyterhub_moss: ")
    assert words in line
    assert "emove" in line


TEMPLATE = """{% extends "templates/option_form.html" %}
{% block stylesheet %}{{ super() }}<style>.x{}</style>{% endblock %}
{% block simple_tab_footer %}<p>{{ partitions.cpu.description }} & more</p>
{{ super() }}{% endblock %}
"""


def test_blocks_of_the_sites_template(folder: Path, user: SimpleNamespace) -> None:
    (folder / "option_form.html").write_text(TEMPLATE)
    c = moss_config()
    c.JupyterHub.template_paths = ["/nowhere", str(folder)]
    policy = read_moss(c)
    assert policy is not None
    assert policy.notes == []
    html = MOSlurmSpawner(config=c, user=user).site_html()
    assert html == ('<style>.x{}</style><div class="bt-site-simple"><p>Everyday & more</p></div>')


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<form>our own</form>", "it does not extend templates/option_form.html"),
        (
            "{% extends 'templates/option_form.html' %}{% block stylesheet %}{{ nope.x }}"
            "{% endblock %}",
            "does not work without moss's own form",
        ),
        ("{% block simple_tab_footer %}", "does not work without moss's own form"),
    ],
)
def test_a_template_that_cannot_be_shown(
    template: str, words: str, folder: Path, user: SimpleNamespace
) -> None:
    (folder / "option_form.html").write_text(template)
    c = moss_config()
    c.JupyterHub.template_paths.append(str(folder))
    policy = read_moss(c)
    assert policy is not None
    [note] = policy.notes
    assert words in note
    assert MOSlurmSpawner(config=c, user=user).site_html() == ""


def test_other_sites_have_no_html(make_spawner: Callable[..., Any]) -> None:
    assert make_spawner(BeamtimeSlurmSpawner).site_html() == ""
