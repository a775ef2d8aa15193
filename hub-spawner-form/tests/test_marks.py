"""A hub that is killed before sbatch has answered finds the job again, or cancels it later."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from beamtime_hub import debts, marks
from fake_service import PLAN


@pytest.fixture
def ready(slurm: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a spawner whose Slurm is in `folder`, and whose hub notes each state it stores."""
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    slurm.exec_prefix = ""
    slurm.req_homedir = str(folder)
    slurm.api_token = "the session's token"
    slurm.stored = []
    slurm._store = lambda: slurm.stored.append(slurm.get_state())
    return slurm


def command(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "$@" >> {folder}/{name}.args\n{script}\n')
    file.chmod(0o755)


async def test_the_mark_is_kept_before_sbatch_runs_and_forgotten_after(
    ready: Any, folder: Path
) -> None:
    command(folder, "sbatch", "cat > /dev/null; echo 42")
    await ready.apply_plan(PLAN)
    await ready.submit_batch_script()
    before, after = ready.stored
    mark, _ = before["submitting"]
    assert "job_id" not in before
    assert before["token_hash"]
    assert f"--comment={mark}" in (folder / "sbatch.args").read_text()
    assert after["job_id"] == "42"
    assert "submitting" not in after


async def test_a_persons_own_comment_is_not_written_over(ready: Any, folder: Path) -> None:
    command(folder, "sbatch", "cat > /dev/null; echo 42")
    ready.batch_script = "#!/bin/sh\n#SBATCH --comment=mine\n"
    await ready.apply_plan(PLAN)
    await ready.submit_batch_script()
    assert "--comment" not in (folder / "sbatch.args").read_text()
    assert "submitting" not in ready.stored[0]


def interrupted(ready: Any, make_spawner: Callable[..., Any], age: float) -> Any:
    """Give the spawner of a hub that was killed `age` seconds after sbatch was called."""
    again = make_spawner(type(ready))
    again.exec_prefix = ""
    again.load_state({"submitting": ["beamtime-ab", time.time() - age], "starting": True})
    again._store = lambda: None
    return again


async def test_the_job_is_found_by_its_mark_however_late_it_comes(
    ready: Any, make_spawner: Callable[..., Any], folder: Path
) -> None:
    again = interrupted(ready, make_spawner, 1)
    listed = f"[ $(wc -l < {folder}/squeue.args) -gt 1 ] && echo '44 beamtime-ab'; echo '43 other'"
    command(folder, "squeue", listed)
    await again._find_submitted()
    assert again.job_id == "44"
    assert again.was_starting
    assert "submitting" not in again.get_state()


async def test_a_job_that_comes_after_all_is_cancelled(
    ready: Any, make_spawner: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debts, "AGAIN", 0.01)
    again = interrupted(ready, make_spawner, marks.SUBMITTING + 1)
    command(folder, "squeue", f"[ -e {folder}/there ] && echo '44 beamtime-ab'; true")
    command(folder, "scancel", "")
    await again._find_submitted()
    assert again.job_id == ""
    assert list(again.get_state()["owed"]) == ["mark:beamtime-ab"]
    (folder / "there").touch()
    end = time.monotonic() + 30
    while "owed" in again.get_state():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
    assert (folder / "scancel.args").read_text().strip() == "44"


async def test_a_job_that_never_comes_is_not_looked_for_for_ever(
    ready: Any, make_spawner: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debts, "AGAIN", 0.01)
    monkeypatch.setattr(debts, "LOOKED_FOR", 0.1)
    again = interrupted(ready, make_spawner, marks.SUBMITTING + 1)
    command(folder, "squeue", "")
    await again._find_submitted()
    end = time.monotonic() + 30
    while "owed" in again.get_state():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
