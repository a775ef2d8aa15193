"""Keeps the hub responsive while it writes to its SQLite database.

JupyterHub commits some ten times for each start of a session, in its only thread: with SQLite's
defaults each commit waits for the disk, often 5 to 30 ms in which nobody is answered. With a
write-ahead log it does not. What is committed outlives a hub that is killed; what the last
seconds before a power failure wrote may be lost, the database stays whole.
"""

import logging
import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

log = logging.getLogger(__name__)


def quick_commits() -> None:
    """Let the hub's connections to SQLite use a write-ahead log. Does no harm when called again."""
    if not event.contains(Engine, "connect", _use_write_ahead_log):
        event.listen(Engine, "connect", _use_write_ahead_log)


def _use_write_ahead_log(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    try:
        [mode] = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode == "wal":
            # Without such a log this would be less safe.
            connection.execute("PRAGMA synchronous=NORMAL")
    except sqlite3.OperationalError as error:
        # Network file systems have none.
        log.warning("The hub's database has no write-ahead log, so its commits wait: %s", error)
