"""The notebook that lies in each experiment's processed folder."""

from __future__ import annotations

import json
from typing import Any

SHOW = """\
from pathlib import Path

import h5py
import hdf5plugin  # reads bitshuffle, zstd and others
import matplotlib.pyplot as plt
import numpy as np

raw = Path("../raw")


def show(path, frame=0, **how):
    \"\"\"Plots what the file names as its default plot.\"\"\"
    # locking=False: the beamline may be writing the file.
    with h5py.File(raw / path, "r", locking=False, **how) as file:
        entry = file[file.attrs["default"]]
        data = entry[entry.attrs["default"]]
        signal = data[data.attrs["signal"]]
        axes = [data[name] for name in data.attrs["axes"]]
        labels = [axis.attrs["long_name"] for axis in axes]
        plt.figure()
        if signal.ndim == 1:
            plt.plot(axes[0][:], signal[:])
            plt.xlabel(labels[0])
            plt.ylabel(signal.attrs["long_name"])
        else:
            image = signal[(frame,) * (signal.ndim - 2)]
            y, x = axes[-2:]
            plt.imshow(image, origin="lower", aspect="auto",
                       vmax=np.percentile(image, 99.8),  # a few hot pixels hide nothing
                       extent=(x[0], x[-1], y[0], y[-1]))
            plt.xlabel(labels[-1])
            plt.ylabel(labels[-2])
            plt.colorbar(label=signal.attrs["long_name"])
        plt.title(path)"""


def first_look(experiment: dict[str, Any]) -> str:
    """Give a notebook, as JSON, that plots each dataset of the experiment."""
    cells = [
        _cell(
            "markdown",
            f"# {experiment['title']}\n\n{experiment['proposal']}, {experiment['instrument']}. "
            "Raw data are in `../raw` and cannot be changed; results belong here.",
        )
    ]
    cells.append(_cell("code", SHOW))
    for dataset in experiment["datasets"]:
        path = dataset["make"]["file"].removeprefix("raw/")
        live = ", frame=-1, swmr=True" if dataset["make"]["kind"] == "live" else ""
        cells.append(_cell("markdown", f"## {dataset['name']}"))
        cells.append(_cell("code", f'show("{path}"{live})'))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    if kind == "code":
        cell.update(execution_count=None, outputs=[])
    return cell
