"""The job's script and Slurm's words. sbatch and squeue are stand-ins that note how they ran."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batchspawner import JobStatus
from beamtime_hub.errors import Refused
from beamtime_hub.refusals import refusals
from beamtime_hub.slurm_words import Job, read_job, refusal_words
from fake_service import PLAN
from jupyterhub import orm

GOOD = {"partition": "cpu", "nprocs": 4, "runtime": "4:00:00"}


@pytest.fixture
def database(folder: Path) -> Iterator[Callable[[], Any]]:
    """Give a hub's database with the session of one user; each call opens it anew."""
    make = orm.new_session_factory(f"sqlite:///{folder}/hub.sqlite")
    db = make()
    db.add(orm.Spawner(name="", user=orm.User(name="nobody")))
    db.commit()
    yield make
    db.close()


@pytest.fixture
def orm_spawner(database: Callable[[], Any]) -> Iterator[Any]:
    db = database()
    yield db.query(orm.Spawner).one()
    db.close()


@pytest.fixture
def ready(slurm: Any, orm_spawner: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a spawner whose Slurm is in `folder`, run without becoming anybody."""
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("CONFIGPROXY_AUTH_TOKEN", "the hub's secret")
    slurm.exec_prefix = ""
    slurm.req_homedir = str(folder)
    slurm.api_token = "the session's token"
    slurm.orm_spawner = orm_spawner
    return slurm


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\nenv > {folder}/{name}.env\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


async def script_of(spawner: Any, plan: dict[str, Any], user_options: dict[str, Any]) -> str:
    await spawner.apply_plan(plan)
    spawner.user_options = user_options
    hostile = {**spawner.get_req_subvars(), **user_options}  # As batchspawner does it.
    script: str = await spawner._get_batch_script(**hostile)
    return script


async def test_the_script_has_the_plans_variables(ready: Any) -> None:
    plan = {
        **PLAN,
        "batch": {**PLAN["batch"], "gres": "gpu:a100:1"},
        "environmentPath": "/opt/my env/bin",
        "modules": ["cuda/12.4", "hdf5"],
    }
    ready.req_prologue = "umask 027"
    lines = (await script_of(ready, plan, GOOD)).splitlines()
    for line in (
        "#SBATCH --partition=cpu",
        "#SBATCH --nodes=1 --ntasks=1 --cpus-per-task=4",
        "#SBATCH --mem=8000M",
        "#SBATCH --time=04:00:00",
        "#SBATCH --gres=gpu:a100:1",
        "module load cuda/12.4 hdf5",
        """export PATH='/opt/my env/bin':"$PATH\"""",
        "'/opt/my env/bin/batchspawner-singleuser' '/opt/my env/bin/jupyterhub-singleuser'"
        " || status=$?",
    ):
        assert line in lines
    assert lines.index("umask 027") < lines.index("module load cuda/12.4 hdf5")


async def test_what_is_not_asked_for_is_not_in_the_script(ready: Any) -> None:
    batch = {**PLAN["batch"], "memory": "", "gres": ""}
    script = await script_of(ready, {**PLAN, "batch": batch}, GOOD)
    assert "--mem" not in script
    assert "--gres" not in script
    assert "module" not in script


@pytest.mark.parametrize(
    "key", ["cmd", "prologue", "epilogue", "homedir", "keepvars", "options", "srun", "output"]
)
async def test_user_options_do_not_reach_the_script(ready: Any, key: str) -> None:
    plain = await script_of(ready, PLAN, GOOD)
    assert await script_of(ready, PLAN, {**GOOD, key: "HOSTILE"}) == plain


@pytest.mark.parametrize("value", ["cpu\n#SBATCH --uid=0", "a b", "$(id)", "`id`", 7])
async def test_an_unsafe_variable_is_refused(ready: Any, value: object) -> None:
    with pytest.raises(Refused, match="not safe"):
        await ready.apply_plan({**PLAN, "batch": {**PLAN["batch"], "partition": value}})


async def test_exports_every_variable_of_this_start(ready: Any) -> None:
    ready.get_req_subvars()  # batchspawner would keep this list for ever.
    await ready.apply_plan({**PLAN, "defaultUrl": "/lab"})
    names = ready.get_req_subvars()["keepvars"].split(",")
    assert {"BEAMTIME_EXPERIMENTS", "BEAMTIME_URL", "JUPYTERHUB_DEFAULT_URL"} <= set(names)


async def test_a_jobs_number_is_in_the_database_at_once(
    ready: Any, folder: Path, database: Callable[[], Any]
) -> None:
    command(folder, "sbatch", "cat > /dev/null; echo 42")
    await ready.apply_plan(PLAN)
    await ready.submit_batch_script()
    db = database()
    assert db.query(orm.Spawner).one().state["job_id"] == "42"
    db.close()


async def test_a_job_gets_its_number_and_its_environment(ready: Any, folder: Path) -> None:
    command(folder, "sbatch", f"cat > {folder}/script; echo 42")
    await ready.apply_plan(PLAN)
    assert await ready.submit_batch_script() == "42"
    assert ready.get_state()["job_id"] == "42"
    seen = (folder / "sbatch.env").read_text()
    assert "BEAMTIME_EXPERIMENTS=" in seen
    assert "the session's token" in seen
    assert "the hub's secret" not in seen


async def test_slurms_refusal_is_shown_and_the_choices_kept(ready: Any, folder: Path) -> None:
    command(folder, "sbatch", "echo 'sbatch: error: No such account' >&2; exit 1")
    await ready.apply_plan(PLAN)
    ready.user_options = GOOD
    with pytest.raises(Refused) as refused:
        await ready.submit_batch_script()
    assert refused.value.status_code == 400
    assert refused.value.jupyterhub_message == "Slurm refused the job: No such account"
    kept = refusals.take("nobody")
    assert kept is not None
    assert kept["options"] == GOOD


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("echo 'RUNNING None 2026-11-21T12:00:00 cpu01'", JobStatus.RUNNING),
        ("echo 'SUSPENDED None N/A cpu01'", JobStatus.RUNNING),
        ("echo 'PENDING Priority N/A n/a'", JobStatus.PENDING),
        ("echo 'PENDING ReqNodeNotAvail, UnavailableNodes:a b N/A n/a'", JobStatus.PENDING),
        ("echo 'REQUEUE_HOLD x N/A n/a'", JobStatus.PENDING),
        ("echo 'OUT_OF_MEMORY OutOfMemory N/A cpu01'", JobStatus.NOTFOUND),
        ("", JobStatus.NOTFOUND),
        ("echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1", JobStatus.NOTFOUND),
        ("echo 'Unable to contact slurm controller' >&2; exit 1", JobStatus.UNKNOWN),
        ("exit 1", JobStatus.UNKNOWN),
        ("echo 'A_STATE_OF_THE_FUTURE x N/A cpu01'", JobStatus.UNKNOWN),
    ],
)
async def test_no_answer_is_never_an_end(
    ready: Any, folder: Path, script: str, status: JobStatus
) -> None:
    command(folder, "squeue", script)
    ready.job_id = "42"
    assert await ready.query_job_status() is status
    assert "the hub's secret" not in (folder / "squeue.env").read_text()


async def test_a_missing_squeue_is_no_end_either(ready: Any) -> None:
    ready.job_id = "42"
    ready.batch_query_cmd = "no-such-squeue"
    assert await ready.query_job_status() is JobStatus.UNKNOWN
    assert await ready.poll() is None


async def test_cancelling_a_job_that_is_gone_is_no_error(ready: Any, folder: Path) -> None:
    ready.job_id = "42"
    command(folder, "scancel", "echo 'scancel: error: Invalid job id 42' >&2; exit 1")
    await ready.cancel_batch_job()
    command(folder, "scancel", "echo 'Unable to contact slurm controller' >&2; exit 1")
    with pytest.raises(RuntimeError, match="controller"):
        await ready.cancel_batch_job()


async def test_a_job_that_ends_early_says_where_its_output_is(ready: Any, folder: Path) -> None:
    command(folder, "sbatch", "cat > /dev/null; echo 42")
    command(folder, "squeue", "echo 'FAILED NonZeroExitCode N/A cpu01'")
    await ready.apply_plan(PLAN)
    with pytest.raises(Refused) as refused:
        await ready.start()
    words = refused.value.jupyterhub_message
    assert "FAILED (NonZeroExitCode)" in words
    assert f"{folder}/.beamtime/session-42.log" in words
    assert (folder / ".beamtime").stat().st_mode & 0o777 == 0o700


async def test_without_a_folder_in_the_home_the_output_lies_beside_it(
    ready: Any, folder: Path
) -> None:
    (folder / ".beamtime").write_text("a file is in the way")
    assert await ready._output_file() == f"{folder}/.beamtime-session-%j.log"


async def test_refuses_who_has_no_account(slurm: Any, user: Any) -> None:
    await slurm.check_account()
    user.name = "no-such-account"
    with pytest.raises(Refused, match="no account no-such-account on the cluster"):
        await slurm.check_account()


def test_puts_slurms_words_into_ours() -> None:
    waits = read_job("PENDING Priority 2020-11-21T14:05:00 (null)")
    assert waits is not None
    assert waits.words("7", "cpu") == (
        "Job 7 waits in cpu: other jobs come first (Slurm says: Priority). "
        "Slurm expects it to start on 21 November at 14:05. "
        "You may close this page: your place is kept.",
        30,
    )
    runs = read_job("RUNNING None 2026-11-21T14:05:00 cpu01")
    assert runs is not None
    assert runs.words("7", "cpu")[0] == "Job 7 runs on cpu01. JupyterLab is starting there."
    assert read_job("RUNNING cpu01") is None
    assert refusal_words("") == "Slurm refused the job: no reason given"


def test_an_estimate_that_moves_by_seconds_is_no_news() -> None:
    def waiting(start: str, reason: str = "Priority") -> Job:
        job = read_job(f"PENDING {reason} {start} (null)")
        assert job is not None
        return job

    first = waiting("2026-11-21T14:05:00")
    assert first.is_news(None)
    assert not waiting("2026-11-21T14:05:31").is_news(first)
    assert waiting("2026-11-21T14:11:00").is_news(first)
    assert waiting("N/A").is_news(first)
    assert waiting("2026-11-21T14:05:00", "Resources").is_news(first)
