"""batchspawner's own handler is gone from the hub's list, and ours reads a port only."""

import batchspawner.api
import pytest
from beamtime_hub.port_report import PortReportHandler, install_port_handler, read_port
from jupyterhub.apihandlers import default_handlers
from tornado import web


def handlers() -> list[type]:
    return [entry[1] for entry in default_handlers if "batchspawner" in entry[0]]


def test_ours_is_in_the_place_of_batchspawners() -> None:
    assert handlers() == [PortReportHandler]
    default_handlers.append((r"/api/batchspawner", batchspawner.api.BatchSpawnerAPIHandler))
    install_port_handler()
    assert handlers() == [PortReportHandler]


@pytest.mark.parametrize("port", [1, 40123, 65535])
def test_reads_a_port(port: int) -> None:
    assert read_port({"port": port}) == port


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
        {"exec_prefix": "id"},
    ],
)
def test_reads_nothing_else(body: object) -> None:
    with pytest.raises(web.HTTPError) as refused:
        read_port(body)
    assert refused.value.status_code == 400
