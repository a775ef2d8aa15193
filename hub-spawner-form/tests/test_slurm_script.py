"""The job's script holds what the plan says, and nothing that anybody typed besides."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from beamtime_hub.errors import Refused
from beamtime_hub.schema import option_errors
from beamtime_hub.slurm_script import at_home, session_words, unsafe
from fake_service import PLAN

TABLE = Path(__file__).parents[2] / "packages/contract/cases/rules-people.json"
CASES = json.loads(TABLE.read_text(encoding="utf-8"))["cases"]
GOOD = {"partition": "main", "nprocs": 4, "runtime": "1:00:00"}
ACCEPTED = [case for case in CASES if not case["fields"]]


def plan_of(batch: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**PLAN, "batch": {**PLAN["batch"], **batch}, **more}


async def script_of(slurm: Any, plan: dict[str, Any], server: str = "") -> str:
    slurm.req_homedir = "/home/nobody"
    script: str | None = await slurm.preview(plan, server)
    assert script is not None
    return script


def read_by_bash(script: str) -> str:
    """Give what bash says is wrong with a script."""
    checked = subprocess.run(
        ["bash", "-n"], input=script, text=True, capture_output=True, check=False
    )
    return checked.stderr


def directives(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.startswith("#SBATCH")]


def test_the_table_is_large_enough() -> None:
    requests = json.loads((TABLE.parent / "session-request.json").read_text(encoding="utf-8"))
    assert len(CASES) + len(requests) >= 150
    assert len(ACCEPTED) > 40


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_the_rules_judge_has_the_right_shape(case: dict[str, Any]) -> None:
    assert option_errors({**GOOD, **case["request"]}) == []


@pytest.mark.parametrize("case", ACCEPTED, ids=[case["name"] for case in ACCEPTED])
async def test_each_variable_is_one_directive(slurm: Any, case: dict[str, Any]) -> None:
    plan = plan_of({"partition": "main", **case["batch"]})
    lines = directives(await script_of(slurm, plan))
    batch = plan["batch"]
    expected = {
        "partition": batch["partition"],
        "cpus-per-task": batch["nprocs"],
        "mem": batch["memory"],
        "time": batch["runtime"],
        **{
            name: batch.get(name, "")
            for name in ("gres", "account", "qos", "reservation", "constraint")
        },
    }
    text = "\n".join(lines)
    for name, value in expected.items():
        assert re.findall(rf"--{name}=(\S*)", text) == ([value] if value else [])
    assert ("#SBATCH --exclusive" in lines) is bool(batch.get("exclusive"))
    for option in batch.get("options", []):
        assert f"#SBATCH {option}" in lines


@pytest.mark.parametrize(
    "batch",
    [
        {"partition": "cpu\n#SBATCH --uid=0"},
        {"account": "a b"},
        {"account": "a\n"},
        {"qos": "$(id)"},
        {"reservation": "a#b"},
        {"reservation": "x\r--uid=0"},
        {"constraint": "a&b;id"},
        {"constraint": "a b"},
        {"constraint": "[a|b]"},
        {"memory": "1G --uid=0"},
        {"nprocs": 4},
        {"gres": "gpu:'1'"},
        {"runtime": "1:00:00`id`"},
        {"options": ["--comment=a b"]},
        {"options": ["--comment=x\n#SBATCH --uid=0"]},
        {"options": ["comment"]},
        {"options": ["-p other"]},
        {"options": ['--comment="x"']},
        {"options": [7]},
    ],
)
async def test_refuses_a_plan_that_is_more_than_it_says(slurm: Any, batch: dict[str, Any]) -> None:
    plan = plan_of(batch)
    assert unsafe(plan["batch"]) is not None
    with pytest.raises(Refused, match="not safe"):
        await slurm.apply_plan(plan)
    with pytest.raises(Refused, match="not safe"):
        await slurm.preview(plan, "")


async def test_what_rest_sends_besides_never_gets_into_the_script(slurm: Any) -> None:
    hostile = {
        "cmd": "touch /tmp/owned",
        "prologue": "touch /tmp/owned",
        "epilogue": "touch /tmp/owned",
        "options": "--uid=0",
        "homedir": "/root",
        "username": "root",
        "keepvars": "ALL",
        "output": "/root/x",
        "srun": "touch /tmp/owned",
        "extra_options": ["--uid=0"],
        "site_options": "--uid=0",
        "constraint": "owned",
        "exclusive": True,
        "account": "owned",
    }
    assert option_errors({**GOOD, **hostile})
    slurm.req_homedir = "/home/nobody"
    await slurm.apply_plan(plan_of({}))
    before = await slurm._get_batch_script(**slurm.get_req_subvars())
    slurm.user_options = hostile
    assert await slurm._get_batch_script(**{**slurm.get_req_subvars(), **hostile}) == before


async def test_the_log_goes_where_the_person_wants_it(slurm: Any) -> None:
    kept = await script_of(slurm, plan_of({"output": True}))
    assert "#SBATCH --output=/home/nobody/slurm-%j.out" in kept
    hidden = await script_of(slurm, plan_of({}))
    assert "#SBATCH --output=/home/nobody/.beamtime/session-%j.log" in hidden


async def test_the_sites_own_defaults_hold_until_something_is_asked_for(slurm: Any) -> None:
    slurm.req_account, slurm.req_qos = "site", "usual"
    slurm.req_options = "--mail-type=FAIL --comment='a b'"
    usual = directives(await script_of(slurm, plan_of({})))
    assert "#SBATCH --account=site" in usual
    assert "#SBATCH --qos=usual" in usual
    assert "#SBATCH --mail-type=FAIL --comment='a b'" in usual
    asked = directives(await script_of(slurm, plan_of({"account": "ma5127"})))
    assert "#SBATCH --account=ma5127" in asked
    assert "#SBATCH --account=site" not in asked


async def test_a_script_of_the_sites_own_gets_all_options_in_one_line(slurm: Any) -> None:
    slurm.batch_script = "#!/bin/sh\n#SBATCH {{options}}\n{{cmd}}\n"
    slurm.req_options = "--mail-type=FAIL"
    batch = {"constraint": "a&b", "exclusive": True, "options": ["--comment=x"]}
    script = await script_of(slurm, plan_of(batch))
    assert "#SBATCH --constraint=a&b --exclusive --comment=x --mail-type=FAIL\n" in script


async def test_a_script_of_the_sites_own_can_be_a_format_string(slurm: Any) -> None:
    slurm.batch_script = "#!/bin/sh\n#SBATCH --partition={partition} {options}\n{cmd}\n"
    script = await script_of(slurm, plan_of({"exclusive": True}))
    assert "#SBATCH --partition=cpu --exclusive\n" in script


async def test_software_of_ones_own_is_below_the_home(slurm: Any) -> None:
    plan = plan_of({}, environmentPath="~/envs/x/bin", modules=["gcc/13"], custom=True)
    script = await script_of(slurm, plan)
    home = at_home("~", slurm.home())
    assert 'export PATH=/home/nobody/envs/x/bin:"$PATH"' in script
    assert "module load gcc/13" in script
    assert f"{home}/envs/x/bin/batchspawner-singleuser {home}/envs/x/bin/jupyterhub-" in script


async def test_an_environment_that_stays_out_of_the_path(slurm: Any) -> None:
    plan = plan_of({}, environmentPath="/opt/x/bin", addToPath=False, prologue="umask 027")
    script = await script_of(slurm, plan)
    assert "export PATH" not in script
    assert "\numask 027\n" in script
    assert "/opt/x/bin/batchspawner-singleuser /opt/x/bin/jupyterhub-singleuser" in script


async def test_an_image_is_run_by_the_sites_command(slurm: Any) -> None:
    slurm.singularity_cmd = ["singularity", "exec", "--nv"]
    script = await script_of(slurm, plan_of({}, image="/images/x.sif"))
    words = "singularity exec --nv /images/x.sif batchspawner-singleuser jupyterhub-singleuser"
    assert words in script
    assert "export PATH" not in script


def test_a_local_session_runs_in_an_image_without_a_wrapper() -> None:
    words = session_words(
        ["/opt/hub/bin/jupyterhub-singleuser", "--debug"],
        {**PLAN, "image": "~/x.sif"},  # type: ignore[typeddict-item]
        "/home/a",
        ["apptainer", "exec"],
    )
    assert words == ["apptainer", "exec", "/home/a/x.sif", "jupyterhub-singleuser", "--debug"]


async def test_the_preview_is_a_script_that_bash_reads(slurm: Any) -> None:
    plan = plan_of({"exclusive": True}, environmentPath="/opt/x/bin", modules=["a/1"])
    script = await script_of(slurm, plan, "tomo 7")
    assert "#SBATCH --job-name=beamtime-tomo_7" in script
    assert read_by_bash(script) == ""


async def test_the_preview_exports_the_address_that_a_started_session_has(slurm: Any) -> None:
    assert ",JUPYTERHUB_SERVICE_PREFIX," in await script_of(slurm, plan_of({}))


async def test_the_preview_has_no_token(slurm: Any) -> None:
    slurm.api_token = "secret-token"
    assert "secret-token" not in await script_of(slurm, plan_of({}))


async def test_the_start_folder_reaches_the_session_by_its_environment(slurm: Any) -> None:
    await slurm.apply_plan(plan_of({}, rootDir="~/{username}/$(id)"))
    assert slurm.get_env()["JUPYTERHUB_ROOT_DIR"] == "~/{username}/$(id)"
    assert "$(id)" not in await slurm._get_batch_script()
