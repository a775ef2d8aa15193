"""A site's own `option_form.html` of jupyterhub_moss: its blocks go into our form."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    Template,
    TemplateError,
)

NAME = "option_form.html"

BLOCKS = ("stylesheet", "simple_tab_footer", "advanced_tab_footer")

_BETWEEN = "\0"

_STUB = _BETWEEN.join(
    [
        "{% macro resource_tab_footer(partitions, simple_only) %}{% endmacro %}",
        *(f"{{% block {name} %}}{{% endblock %}}" for name in BLOCKS),
    ]
)
"""In place of moss's own template: what a site extends. The table of resources is our form's."""


def find_template(folders: Iterable[str]) -> Path | None:
    """Find the site's template in `c.JupyterHub.template_paths`."""
    return next((file for folder in folders if (file := Path(folder, NAME)).is_file()), None)


def site_html(file: str | Path, partitions: Mapping[str, Any]) -> str:
    """Render the blocks of a site's template, to stand below our form.

    Parameters
    ----------
    file
        The site's `option_form.html`. It is the administrator's: nothing in it is escaped.
    partitions
        moss's partitions, for the template.

    Raises
    ------
    jinja2.TemplateError
        The template is wrong, or needs what only moss's own page had.
    """
    template = _load(Path(file), Path(file).stat().st_mtime_ns)
    page = template.render(
        {
            "partitions": partitions,
            "default_partition": next(iter(partitions), ""),
            "batchspawner_version": version("batchspawner"),
            "jupyterhub_version": version("jupyterhub"),
            "option_form_css": "",
        }
    )
    _, *blocks = page.split(_BETWEEN)
    if len(blocks) != len(BLOCKS):
        raise TemplateError(f"it does not extend templates/{NAME}")
    parts = dict(zip(BLOCKS, map(str.strip, blocks), strict=True))
    footers = "".join(
        f'<div class="bt-site-{which}">{html}</div>'
        for which in ("simple", "advanced")
        if (html := parts[f"{which}_tab_footer"])
    )
    return parts["stylesheet"] + footers


def template_problem(file: Path, partitions: Mapping[str, Any]) -> str | None:
    """Say why a site's template is not shown, with what to do."""
    try:
        site_html(file, partitions)
    except (KeyError, TemplateError) as error:
        return (
            f"{file} is not shown, since it does not work without moss's own form ({error}). "
            f"Let it extend templates/{NAME} and fill the blocks {', '.join(BLOCKS)}, "
            "or remove it."
        )
    return None


@lru_cache(maxsize=4)
def _load(file: Path, _changed: int) -> Template:
    loader = ChoiceLoader(
        [
            PrefixLoader({"templates": DictLoader({NAME: _STUB})}),
            FileSystemLoader(file.parent),
        ]
    )
    # As moss does it: the site's HTML is the site's.
    environment = Environment(loader=loader, autoescape=False)  # noqa: S701
    return environment.get_template(NAME)
