"""What is asked for, as it is read and as the contract's shared table has it."""

import json
from pathlib import Path
from typing import Any

import pytest
from beamtime_hub.errors import Refused
from beamtime_hub.request import options_from_form, options_from_query
from beamtime_hub.schema import EXPECTED, is_plan, option_errors, validator
from fake_service import PLAN

TABLE = Path(__file__).parents[2] / "packages/contract/cases/session-request.json"
CASES: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))
GOOD = {"partition": "cpu", "nprocs": 4, "runtime": "4:00:00"}


def test_the_shared_table_has_both_kinds() -> None:
    assert {case["ok"] for case in CASES} == {True, False}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_accepts_and_refuses_what_typescript_does(case: dict[str, Any]) -> None:
    assert (option_errors(case["options"]) == []) is case["ok"]


def test_every_option_has_words() -> None:
    assert set(EXPECTED) == set(validator("session-request").schema["properties"])


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"nprocs": 0}, "nprocs", "0 is not a whole number of cores"),
        ({"nprocs": "4"}, "nprocs", '"4" is not a whole number'),
        ({"nprocs": True}, "nprocs", "true is not a whole number"),
        ({"runtime": "4:00:00\n"}, "runtime", 'is not a time such as "4:00:00"'),
        ({"runtime": "1:00\n#SBATCH --uid=0"}, "runtime", "is not a time"),
        ({"memory": "8GB"}, "memory", '"8GB" is not a size'),
        ({"default_url": "//x y"}, "default_url", "is not a path"),
        ({"experiments": [1]}, "experiments", "is not a list of at most 20 keys"),
        ({"cmd": "rm -rf"}, "", 'no option "cmd"'),
        ({"prologue": "x" * 1000}, "", 'no option "prologue"'),
    ],
)
def test_says_what_is_wrong_and_where(change: dict[str, Any], field: str, words: str) -> None:
    [error] = option_errors({**GOOD, **change})
    assert error["field"] == field
    assert words in error["message"]
    assert len(error["message"]) < 300


def test_names_every_missing_option() -> None:
    assert [error["field"] for error in option_errors({"nprocs": 1})] == ["partition", "runtime"]


@pytest.mark.parametrize("options", [None, [], "x", 7])
def test_refuses_what_is_no_object(options: object) -> None:
    [error] = option_errors(options)
    assert error == {"field": "", "message": "The options of a session are a JSON object."}


@pytest.mark.parametrize(
    "answer", [{}, None, {**PLAN, "ok": False}, {**PLAN, "batch": {}}, {**PLAN, "exec": "x"}]
)
def test_an_unknown_answer_is_no_plan(answer: object) -> None:
    assert is_plan(PLAN)
    assert not is_plan(answer)


def test_reads_the_form() -> None:
    assert options_from_form({"beamtime_options": [json.dumps(GOOD)]}) == GOOD


@pytest.mark.parametrize("values", [[], ["{}", "{}"], ["{"], ["[1]"], ["[" * 100_000], [None]])
def test_refuses_a_form_without_choices(values: list[Any]) -> None:
    with pytest.raises(Refused, match="Reload the page"):
        options_from_form({"beamtime_options": values})


def test_reads_a_link() -> None:
    query = {
        "partition": ["gpu"],
        "nprocs": ["4"],
        "ngpus": ["1"],
        "runtime": ["60"],
        "memory": [""],
        "experiments": ["embedded:e1,embedded:e2", "icat:7"],
        "_xsrf": ["…"],
    }
    assert options_from_query(query) == {
        "partition": "gpu",
        "nprocs": 4,
        "ngpus": 1,
        "runtime": "60",
        "experiments": ["embedded:e1", "embedded:e2", "icat:7"],
    }


def test_leaves_what_is_no_number_for_the_schema() -> None:
    options = options_from_query({**{k: [str(v)] for k, v in GOOD.items()}, "nprocs": ["four"]})
    assert [error["field"] for error in option_errors(options)] == ["nprocs"]


def test_reads_switches_and_lists_of_a_link() -> None:
    query = {
        "exclusive": ["true"],
        "output": ["0"],
        "environment_modules": ["gcc/13,cuda", "hdf5"],
        "constraint": ["a,b"],
    }
    assert options_from_query(query) == {
        "exclusive": True,
        "output": False,
        "environment_modules": ["gcc/13", "cuda", "hdf5"],
        "constraint": "a,b",
    }
    assert options_from_query({"exclusive": ["maybe"]}) == {"exclusive": "maybe"}


@pytest.mark.parametrize("query", [{"nprocs": ["1", "2"]}, {}, {"_xsrf": ["x"]}])
def test_refuses_an_unclear_link(query: dict[str, list[str]]) -> None:
    with pytest.raises(Refused) as refused:
        options_from_query(query)
    assert refused.value.status_code == 400
