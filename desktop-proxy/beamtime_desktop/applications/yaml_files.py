"""Programs from small YAML files, checked; what is wrong is said with its line.

The keys are those of `_KEYS`; docs/admin/applications.md explains them.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from .command_line import Argument, Command, PlaceError, Word, fill_word, parse_word, takes_file
from .program import Problem, Program, Source

LARGEST = 64 * 1024
"""Bytes; a description is a screenful."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class YamlError(Exception):
    """The file is wrong at `line`. The message is for a person."""

    def __init__(self, node: yaml.Node | int | None, message: str) -> None:
        super().__init__(message)
        self.line = node.start_mark.line + 1 if isinstance(node, yaml.Node) else node


def read(path: Path, source: Source) -> Program:
    """Read one file. One that is wrong gives its problem, under the name that it has."""
    title = path.stem
    line: int | None = None
    try:
        if path.stat().st_size > LARGEST:
            raise YamlError(None, f"A program's file has at most {LARGEST // 1024} KiB.")
        root = yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)
        keys = _mapping(root, "A program's file")
        name = keys.get("name")
        if name and isinstance(name[1], yaml.ScalarNode) and name[1].value.strip():
            title = name[1].value
        return replace(_program(path, keys), source=source)
    except YamlError as error:
        line, message = error.line, str(error)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        message = f"This is no YAML: {error.problem or error.context}."
    except yaml.YAMLError as error:
        message = f"This is no YAML: {error}."
    except UnicodeDecodeError:
        message = "This file is not UTF-8 text."
    except OSError as error:
        message = f"It cannot be read: {error.strerror}."
    return Program("", title, source=source, problem=Problem(str(path), line, message))


def _program(path: Path, keys: dict[str, tuple[yaml.Node, yaml.Node]]) -> Program:
    values: dict[str, Any] = {}
    for key, (key_node, node) in keys.items():
        reader = _KEYS.get(key)
        if reader is None:
            raise YamlError(
                key_node, f"The key {key} is not known. Known are: {', '.join(sorted(_KEYS))}."
            )
        if node.tag == "tag:yaml.org,2002:null":
            raise YamlError(key_node, f"{key} has no value. Give one, or take the line out.")
        values[key] = reader(key, node)
    for key in ("name", "command"):
        if key not in values:
            raise YamlError(None, f"The key {key} is missing.")
    opens = [key for key in ("extensions", "mimetypes") if values.get(key)]
    if opens and not takes_file(values["command"]):
        raise YamlError(
            keys[opens[0]][0], f"{opens[0]} is given, but command has no place {{file}}."
        )
    icon = values.get("icon")
    if icon and "/" not in icon and (path.parent / icon).is_file():
        values["icon"] = str(path.parent / icon)  # A picture beside the file.
    return Program("", values.pop("name"), values.pop("command"), **values)


def _mapping(node: yaml.Node | None, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(node or 1, f"{what} must be a list of `key: value`.")
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError(key_node, "A key must be a word.")
        if key_node.value in found:
            raise YamlError(key_node, f"The key {key_node.value} stands there twice.")
        found[key_node.value] = (key_node, value)
    return found


def _scalar(key: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise YamlError(node, f"{key} must be text.")
    if "\0" in node.value:
        raise YamlError(node, f"{key} has a character that nothing can be called with.")
    return str(node.value)


def _line(key: str, node: yaml.Node) -> str:
    text = _scalar(key, node).strip()
    if "\n" in text:
        raise YamlError(node, f"{key} must be one line.")
    return text


def _template(key: str, node: yaml.Node) -> str:
    text = _line(key, node)
    _word(text, node)
    return text


def _word(text: str, node: yaml.Node) -> Word:
    try:
        return parse_word(text)
    except PlaceError as error:
        raise YamlError(node, str(error)) from error


def _list(key: str, node: yaml.Node) -> tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        return (_line(key, node),)
    if not isinstance(node, yaml.SequenceNode):
        raise YamlError(node, f"{key} must be a list.")
    return tuple(_line(key, each) for each in node.value)


def _extensions(key: str, node: yaml.Node) -> tuple[str, ...]:
    found = _list(key, node)
    for each in found:
        if not re.fullmatch(r"\.[^/\s]+", each):
            raise YamlError(node, f"An extension begins with a dot, such as .h5; {each} does not.")
    return tuple(each.lower() for each in found)


def _mimetypes(key: str, node: yaml.Node) -> tuple[str, ...]:
    found = _list(key, node)
    for each in found:
        if not re.fullmatch(r"[^/\s]+/[^/\s]+", each):
            raise YamlError(node, f"A type is of the form image/png; {each} is not.")
    return found


def _flag(key: str, node: yaml.Node) -> bool:
    if node.tag != "tag:yaml.org,2002:bool":
        raise YamlError(node, f"{key} must be true or false.")
    return str(node.value).lower() in ("true", "yes", "on")


def _mode(key: str, node: yaml.Node) -> str:
    text = _line(key, node)
    if text not in ("window", "desktop"):
        raise YamlError(node, f"{key} must be window or desktop.")
    return text


def _env(key: str, node: yaml.Node) -> dict[str, str]:
    found = {}
    for name, (name_node, value) in _mapping(node, key).items():
        if not _VARIABLE.fullmatch(name):
            raise YamlError(name_node, f"{name} cannot be the name of a variable.")
        # An empty value is one, too.
        empty = isinstance(value, yaml.ScalarNode) and not value.value.strip()
        found[name] = "" if empty else _template(name, value)
    return found


def _command(key: str, node: yaml.Node) -> Command:
    if isinstance(node, yaml.ScalarNode):
        try:
            words = shlex.split(_scalar(key, node))
        except ValueError as error:
            raise YamlError(node, f"{key}: {str(error).lower()}.") from error
        arguments = [Argument((_word(word, node),), optional=True) for word in words]
    elif isinstance(node, yaml.SequenceNode):
        arguments = [_argument(key, each) for each in node.value]
    else:
        raise YamlError(node, f"{key} must be text or a list of words.")
    if not arguments or arguments[0].places() or not fill_word(arguments[0].words[0], {}):
        raise YamlError(node, f"{key} must begin with a program.")
    return tuple(arguments)


def _argument(key: str, node: yaml.Node) -> Argument:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    words = []
    for each in nodes:
        if not isinstance(each, yaml.ScalarNode):
            raise YamlError(each, f"{key}: a word, or a list of words that go together.")
        words.append(_word(each.value, each))
    if not words:
        raise YamlError(node, f"{key} has an empty list in it.")
    return Argument(tuple(words), optional=True)


_KEYS: dict[str, Callable[[str, yaml.Node], Any]] = {
    "name": _line,
    "comment": _line,
    "icon": _line,
    "command": _command,
    "modules": _list,
    "image": _line,
    "image_options": _list,
    "env": _env,
    "folder": _template,
    "mode": _mode,
    "extensions": _extensions,
    "mimetypes": _mimetypes,
    "categories": _list,
    "keywords": _list,
    "requires": _list,
    "get": _line,
    "tile": _flag,
}
