"""Adds to what stands in the hub's configuration, and never overwrites it."""

from collections.abc import Iterable, Mapping
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue

from .checks import ConfigurationError


def is_set(c: Config, section: str, name: str) -> bool:
    """Whether the administrator has assigned `c.<section>.<name>`.

    A mere look at it, as in `c.JupyterHub.services`, leaves a lazy value behind: that is no choice.
    """
    return section in c and name in c[section] and not _is_lazy(c[section][name])


def set_default(c: Config, section: str, name: str, value: object) -> None:
    """Assign unless the administrator has."""
    if not is_set(c, section, name):
        c[section][name] = value


def add_to_list(c: Config, section: str, name: str, items: Iterable[object]) -> None:
    """Append to a list; to the default one if nothing is assigned."""
    value = c[section][name]
    if _is_lazy(value):
        value.extend(list(items))
    elif isinstance(value, list | tuple):
        c[section][name] = [*value, *(item for item in items if item not in value)]
    else:
        raise _unfit(section, name, value, "a list")


def add_to_set(c: Config, section: str, name: str, items: set[str]) -> None:
    """Add to a set, which administrators also write as a list."""
    value = c[section][name]
    if _is_lazy(value):
        value.update(items)
    elif isinstance(value, set | frozenset | list | tuple):
        c[section][name] = {*value, *items}
    else:
        raise _unfit(section, name, value, "a set")


def add_to_dict(c: Config, section: str, name: str, items: Mapping[str, object]) -> None:
    """Add the keys that are not there yet."""
    value = c[section][name]
    if _is_lazy(value):
        there = value.to_dict().get("update", {})
        value.update({key: item for key, item in items.items() if key not in there})
    elif isinstance(value, Mapping):
        c[section][name] = {**items, **value}
    else:
        raise _unfit(section, name, value, "a dictionary")


def listed(c: Config, section: str, name: str) -> list[Any]:
    """Give the items of a list so far, in whatever way they were added."""
    value = c[section][name]
    if not _is_lazy(value):
        return list(value)
    added = value.to_dict()
    inserted = [item for _, item in added.get("inserts", [])]
    return [*added.get("prepend", []), *inserted, *added.get("extend", [])]


def _is_lazy(value: object) -> bool:
    return isinstance(value, LazyConfigValue)


def _unfit(section: str, name: str, value: object, what: str) -> ConfigurationError:
    return ConfigurationError(
        f"beamtime_hub.configure: c.{section}.{name} is {value!r}. Beamtime adds to it, "
        f"so it must be {what}. Change it above the call of configure()."
    )
