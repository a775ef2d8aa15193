"""Checks what crosses a border, with the JSON schemas that `packages/contract` writes."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from .errors import FieldError
from .places import SCHEMAS

EXPECTED = {
    "experiments": 'a list of at most 20 keys, each like "embedded:e1"',
    "environment_id": "the id of an environment",
    "partition": "the name of a partition",
    "nprocs": "a whole number of cores, 1 or more",
    "memory": 'a size such as "8G" or "500M"',
    "ngpus": "a whole number of GPUs, 0 or more",
    "gpu_type": 'a type of GPU such as "a100"',
    "runtime": 'a time such as "4:00:00"',
    "default_url": 'a path below the session such as "/lab/tree/scan.ipynb"',
    "account": "the name of an account",
    "qos": "the name of a priority class (QOS)",
    "reservation": "the name of a reservation",
    "constraint": 'features of machines with & or | between them, such as "a100&ib"',
    "interface": '"lab" or "notebook"',
    "exclusive": "true or false",
    "output": "true or false",
    "root_dir": 'a whole path, or one below your home such as "~/notebooks"',
    "options": 'options of sbatch on one line, such as "--mail-type=BEGIN"',
    "environment_path": 'a whole path without blanks or quotes, such as "~/envs/strain/bin"',
    "environment_modules": "a list of at most 50 names of modules",
    "environment_name": "a name of at most 100 characters on one line",
}
"""What each option of a session is, in words for the person who got it wrong."""


def option_errors(options: object) -> list[FieldError]:
    """Say what is wrong with the options of a session, whatever the cluster looks like.

    Parameters
    ----------
    options
        Anything that JSON can hold: it comes from a browser or a REST client.

    Returns
    -------
    One error per problem, in the order of the schema; empty if there is none.
    """
    found = sorted(validator("session-request").iter_errors(options), key=lambda e: str(e.path))
    return [error for problem in found for error in _in_words(problem)]


def field_errors(fields: Mapping[str, object]) -> list[FieldError]:
    """Say what is wrong with some options, without missing the others."""
    return [error for error in option_errors(dict(fields)) if error["field"] in fields]


def is_plan(answer: object) -> bool:
    """Whether the service's answer is a plan that this version understands."""
    return bool(validator("plan").is_valid(answer))


@cache
def validator(name: str) -> Any:
    """Give the validator for `_schema/<name>.json`."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(_python_patterns(schema))


def _python_patterns(node: Any) -> Any:
    """Make patterns mean in Python what they mean in JavaScript, where `$` is the very end.

    Python's `$` also matches before a last line break: `4:00:00` and a line break would pass.
    """
    if isinstance(node, dict):
        return {
            key: re.sub(r"(?<!\\)\$$", r"\\Z", value)
            if key == "pattern" and isinstance(value, str)
            else _python_patterns(value)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_python_patterns(value) for value in node]
    return node


def _in_words(problem: ValidationError) -> Iterator[FieldError]:
    instance: Any = problem.instance
    if not problem.path:
        if problem.validator == "required":
            for field in problem.validator_value:
                if field not in instance and repr(field) in problem.message:
                    yield FieldError(field=field, message=f"Missing: {field}, {EXPECTED[field]}.")
        elif problem.validator == "additionalProperties":
            known = ", ".join(EXPECTED)
            for key in instance:
                if key not in EXPECTED:
                    yield FieldError(
                        field="",
                        message=f"A session has no option {_short(key)}. It has: {known}.",
                    )
        else:
            message = "The options of a session are a JSON object."
            yield FieldError(field="", message=message)
        return
    field = str(problem.path[0])
    yield FieldError(field=field, message=f"{_short(instance)} is not {EXPECTED[field]}.")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 60 else f"{text[:59]}…"
