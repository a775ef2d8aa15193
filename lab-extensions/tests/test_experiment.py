import json
from pathlib import Path

import pytest
from beamtime_lab.experiment import experiment_slug

CASES = Path(__file__).parents[2] / "packages/contract/cases/experiment-slug.json"


@pytest.mark.parametrize(
    "case", json.loads(CASES.read_text("utf-8")), ids=lambda case: case["slug"]
)
def test_names_folders_as_the_contract_does(case):
    slug = experiment_slug(case["proposal"], case["instrument"], case.get("visit"))
    assert slug == case["slug"]
