"""The hub's own SQLite: commits do not wait for the disk, and outlive a hub that is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from beamtime_hub.hub_database import quick_commits
from jupyterhub import orm
from sqlalchemy import create_engine, text


def pragma(url: str, name: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        value = connection.execute(text(f"PRAGMA {name}")).scalar_one()
    engine.dispose()
    return value


def test_commits_go_to_a_write_ahead_log(folder: Path) -> None:
    quick_commits()
    quick_commits()
    url = f"sqlite:///{folder}/hub.sqlite"
    assert pragma(url, "journal_mode") == "wal"
    assert pragma(url, "synchronous") == 1  # NORMAL
    # In memory there is nothing to wait for.
    assert pragma("sqlite://", "journal_mode") == "memory"


KILLED = """
import os, sys
from beamtime_hub.hub_database import quick_commits
from jupyterhub import orm
quick_commits()
db = orm.new_session_factory(sys.argv[1])()
db.add(orm.User(name="nobody"))
db.commit()
os.kill(os.getpid(), 9)
"""


def test_what_is_committed_outlives_the_hub(folder: Path) -> None:
    url = f"sqlite:///{folder}/hub.sqlite"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    db = orm.new_session_factory(url)()
    assert [user.name for user in db.query(orm.User)] == ["nobody"]
    db.close()
