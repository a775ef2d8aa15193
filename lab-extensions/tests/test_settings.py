from pathlib import Path

import pytest
from beamtime_lab.settings import read_settings


@pytest.mark.parametrize("text", ["{", "{}", '"x"', "7"])
def test_a_broken_list_is_a_problem_in_words_and_no_more(text):
    settings = read_settings({"BEAMTIME_EXPERIMENTS": text, "BEAMTIME_URL": "/services/beamtime"})
    assert settings.service_url == "/services/beamtime/"
    assert settings.experiments == ()
    assert "BEAMTIME_EXPERIMENTS" in settings.problems[0]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"slug": "../../etc"}, "folder"),
        ({"slug": ".ssh"}, "folder"),
        ({"slug": "a/b"}, "folder"),
        ({"slug": "a\n"}, "folder"),
        ({"dataPath": "data"}, "absolute"),
        ({"dataPath": "/data/../etc"}, "absolute"),
        ({"key": 7}, "key"),
    ],
)
def test_a_wrong_experiment_is_left_out_and_named(change, word):
    import json

    good = {"key": "s:1", "slug": "A-B", "title": "", "dataPath": "/data/a"}
    settings = read_settings({"BEAMTIME_EXPERIMENTS": json.dumps([good, {**good, **change}])})
    assert [experiment.slug for experiment in settings.experiments] == ["A-B"]
    assert word in settings.problems[0]


def test_only_absolute_folders_are_data_roots():
    settings = read_settings({"BEAMTIME_DATA_ROOTS": '["/data", "data", 7]'})
    assert settings.data_roots == (Path("/data"),)
