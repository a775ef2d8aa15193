"""batchspawner's own handler is gone from the hub's list, and ours reads a port only."""

import batchspawner.api
import pytest
from beamtime_hub.port_report import PortReportHandler, hash_of, install_port_handler, read_report
from jupyterhub.apihandlers import default_handlers
from tornado import web


def handlers() -> list[type]:
    return [entry[1] for entry in default_handlers if "batchspawner" in entry[0]]


def test_ours_is_in_the_place_of_batchspawners() -> None:
    assert handlers() == [PortReportHandler]
    default_handlers.append((r"/api/batchspawner", batchspawner.api.BatchSpawnerAPIHandler))
    install_port_handler()
    assert handlers() == [PortReportHandler]


@pytest.mark.parametrize(
    ("what", "value"), [("port", 1), ("port", 40123), ("port", 65535), ("ended", 0), ("ended", 255)]
)
def test_reads_a_report(what: str, value: int) -> None:
    assert read_report({what: value}) == (what, value)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        7,
        "port",
        {"port": 0},
        {"port": 65536},
        {"port": "80"},
        {"port": True},
        {"port": 80.0},
        {"port": 80, "batch_query_cmd": "id"},
        {"port": 80, "ended": 0},
        {"ended": 256},
        {"ended": -1},
        {"ended": "0"},
        {"exec_prefix": "id"},
    ],
)
def test_reads_nothing_else(body: object) -> None:
    with pytest.raises(web.HTTPError) as refused:
        read_report(body)
    assert refused.value.status_code == 400


def test_no_token_is_known_by_its_hash() -> None:
    assert hash_of("") == ""
    assert hash_of("a") != hash_of("b")
    assert "secret" not in hash_of("secret")
