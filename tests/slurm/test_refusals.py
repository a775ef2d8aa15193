"""What cannot run is refused in words on the form, with everything that was typed."""

from typing import Any

import pytest
from hub_client import boot_data
from real_hub import RealHub, jobs_of
from test_life import SMALL


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"nprocs": 3}, "at most 2 cores"),
        ({"memory": "5G"}, "tiny"),
        ({"runtime": "1:00:00"}, "tiny"),
        ({"partition": "beam"}, "bob"),
        ({"partition": "none"}, "none"),
        ({"partition": "closed"}, "closed"),
        ({"reservation": "no-such-reservation"}, "reservation"),
        ({"constraint": "no-such-feature"}, "feature"),
        ({"environment_path": "/no/such/bin"}, "/no/such/bin"),
        ({"cmd": "reboot"}, "cmd"),
    ],
)
def test_refused_at_once_with_what_was_typed(
    hub: RealHub, more: dict[str, Any], words: str
) -> None:
    options = {**SMALL, **more}
    answer = hub.post(hub.browser("alice"), options)
    assert answer.status_code == 400, answer.headers
    refused = boot_data(answer.text)["refused"]
    assert refused["options"] == options
    assert words in " ".join(error["message"] for error in refused["errors"])
    assert not jobs_of("alice")
