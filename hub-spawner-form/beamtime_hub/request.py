"""Reads what a person asks for, from the form and from URL parameters.

Nothing is decided here: text becomes values of the right type, and what does not
is left as it is, for the schema to refuse in words.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .errors import FieldError, Refused

FORM_FIELD = "beamtime_options"
"""The hidden field of the form: the session request as JSON."""

_NUMBERS = ("nprocs", "ngpus")
_SWITCHES = ("exclusive", "output")
_LISTS = ("experiments", "environment_modules")
_ANSWERS = {"true": True, "1": True, "yes": True, "on": True}
_ANSWERS.update({"false": False, "0": False, "no": False, "off": False})


def options_from_form(form_data: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Read the options that the form has posted.

    Raises
    ------
    Refused
        The form's field is not there or not a JSON object.
    """
    values = form_data.get(FORM_FIELD, ())
    try:
        options = json.loads(values[0]) if len(values) == 1 else None
    except (ValueError, TypeError, RecursionError):
        options = None
    if not isinstance(options, dict):
        raise Refused(400, "The form was sent without your choices. Reload the page and try again.")
    return options


def options_from_query(query: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Read the options of a spawn URL, as in `?partition=cpu&nprocs=4&runtime=4:00:00`.

    `experiments` and `environment_modules` may be repeated or hold several with commas between.

    Raises
    ------
    Refused
        An option other than those lists is given twice, or nothing is asked for.
    """
    options: dict[str, Any] = {}
    for key, values in query.items():
        if key == "_xsrf":
            continue  # The form posts to a URL with it, and people reload that URL.
        if key in _LISTS:
            options[key] = [part for value in values for part in value.split(",") if part]
        elif len(values) != 1:
            message = f"The link gives {key} {len(values)} times. Give it once."
            raise Refused(400, message, [FieldError(field="", message=message)])
        elif values[0] != "":
            options[key] = _value(key, values[0])
    if not options:
        raise Refused(400, "The link asks for nothing. Choose a session here.", [])
    return options


def _value(key: str, text: str) -> int | bool | str:
    if key in _NUMBERS and re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    return _ANSWERS.get(text.lower(), text) if key in _SWITCHES else text
