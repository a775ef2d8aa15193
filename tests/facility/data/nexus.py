"""NeXus files with a default plot, axes and units, one function for each kind of dataset."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import hdf5plugin
import numpy as np
import patterns
from numpy.typing import NDArray

Frames = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True)
class Header:
    """What every file says of its measurement."""

    title: str
    proposal: str
    instrument: str
    sample: str
    start: str
    """ISO 8601."""
    neutrons: bool


FILTERS: dict[str, dict[str, Any]] = {
    "gzip": {"compression": "gzip", "compression_opts": 1, "shuffle": True},
    "bitshuffle-lz4": dict(hdf5plugin.Bitshuffle(cname="lz4")),
}


def group(parent: h5py.Group, name: str, nx_class: str) -> h5py.Group:
    """Make a group of a NeXus class."""
    made = parent.create_group(name)
    made.attrs["NX_class"] = nx_class
    return made


def field(
    parent: h5py.Group, name: str, value: Any, units: str = "", long_name: str = "", **options: Any
) -> h5py.Dataset:
    """Make a dataset with its units, and the name that a plot shows."""
    made = parent.create_dataset(name, data=value, **options)
    if units:
        made.attrs["units"] = units
    if long_name:
        made.attrs["long_name"] = long_name
    return made


@contextmanager
def entry(path: Path, header: Header) -> Iterator[h5py.Group]:
    """Open a new file and give its entry, which has the header's facts in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with h5py.File(path, "w", libver=("earliest", "v110")) as file:
        yield write_header(file, header, path.name)


def write_header(file: h5py.File, header: Header, name: str) -> h5py.Group:
    """Write the root's attributes and the entry with instrument, source and sample."""
    file.attrs.update(
        {"NX_class": "NXroot", "default": "entry", "file_name": name, "file_time": header.start}
    )
    made = group(file, "entry", "NXentry")
    made.attrs["default"] = "data"
    field(made, "title", header.title)
    field(made, "start_time", header.start)
    field(made, "experiment_identifier", header.proposal)
    instrument = group(made, "instrument", "NXinstrument")
    field(instrument, "name", header.instrument)
    source = group(instrument, "source", "NXsource")
    field(source, "probe", "neutron" if header.neutrons else "x-ray")
    group(instrument, "detector", "NXdetector")
    sample = group(made, "sample", "NXsample")
    field(sample, "name", header.sample)
    return made


def plot(
    parent: h5py.Group,
    signal: h5py.Dataset,
    axes: dict[str, h5py.Dataset | None],
    *,
    name: str = "data",
    image: bool = False,
) -> h5py.Group:
    """Make an NXdata group of links: the signal and an axis for each dimension (None: none)."""
    data = group(parent, name, "NXdata")
    key = signal.name.rsplit("/", 1)[-1]
    data.attrs["signal"] = key
    data.attrs["axes"] = [label if axis is not None else "." for label, axis in axes.items()]
    data[key] = signal
    if image:
        data.attrs["interpretation"] = signal.attrs["interpretation"] = "image"
    for dimension, (label, axis) in enumerate(axes.items()):
        if axis is not None:
            data[label] = axis
            data.attrs[f"{label}_indices"] = dimension
    return data


def write_rings(
    path: Path,
    header: Header,
    *,
    filter: str,
    frames: int,
    strain: float,
    phases: dict[str, float],
    along: str,
    seed: int,
) -> list[Path]:
    """Write diffraction images along a line of the sample: 512 by 512 pixels of 0.4 mm.

    Parameters
    ----------
    filter:
        One of `FILTERS`.
    strain:
        The largest elastic strain on the line, at position 0. No unit.
    phases:
        Names in `patterns.LATTICE`, each with its share of the sample.
    along:
        What the position on the line is called.
    """
    rng = np.random.default_rng(seed)
    axis = patterns.pixel_axis(512, 0.4)
    position = np.linspace(-2, 4, frames)
    with entry(path, header) as e:
        detector = e["instrument/detector"]
        data = detector.create_dataset(
            "data", (frames, 512, 512), "u2", chunks=(1, 512, 512), **FILTERS[filter]
        )
        for i, here in enumerate(patterns.strain_near_crack(position, strain)):
            data[i] = rng.poisson(patterns.rings(axis, phases, float(here)))
        data.attrs.update({"units": "counts", "long_name": "Counts"})
        field(detector, "distance", patterns.DISTANCE, "mm")
        field(detector, "x_pixel_size", 0.4, "mm")
        field(detector, "y_pixel_size", 0.4, "mm")
        field(e["instrument/source"], "wavelength", patterns.WAVELENGTH, "angstrom")
        stage = group(e["instrument"], "stage", "NXpositioner")
        line = field(stage, "position", position, "mm", along)
        y = field(detector, "y", axis, "mm", "y on the detector")
        x = field(detector, "x", axis, "mm", "x on the detector")
        plot(e, data, {"position": line, "y": y, "x": x}, image=True)
        current = 200 - 0.05 * np.arange(frames) + rng.normal(0, 0.02, frames)
        monitor = group(e, "monitor", "NXmonitor")
        field(monitor, "data", current, "mA", "Ring current")
    return [path]


def write_powder(path: Path, header: Header, *, phases: list[str], seed: int) -> list[Path]:
    """Write a 1D powder scan of 4,001 points."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(2, 12, 4001)
    counts = rng.poisson(patterns.powder(angle, phases)).astype("u4")
    with entry(path, header) as e:
        detector = e["instrument/detector"]
        two_theta = field(detector, "two_theta", angle, "deg", "2θ")
        data = field(detector, "counts", counts, "counts", "Counts")
        chart = plot(e, data, {"two_theta": two_theta})
        field(chart, "counts_errors", np.sqrt(counts), "counts")
    return [path]


def write_sans(path: Path, header: Header, *, temperatures: int, seed: int) -> list[Path]:
    """Write small-angle images between 4 K and 120 K: 192 by 192 pixels of 5 mm, gzip."""
    rng = np.random.default_rng(seed)
    axis = patterns.pixel_axis(192, 5.0)
    kelvin = np.linspace(4, 120, temperatures)
    frames: Frames = np.stack([rng.poisson(patterns.sans(axis, t)) for t in kelvin]).astype("u4")
    with entry(path, header) as e:
        detector = e["instrument/detector"]
        data = field(
            detector, "data", frames, "counts", "Counts", chunks=(1, 192, 192), **FILTERS["gzip"]
        )
        field(detector, "distance", 4.0, "m")
        field(e["instrument/source"], "wavelength", 6.0, "angstrom")
        temperature = field(e["sample"], "temperature", kelvin, "K", "Temperature")
        y = field(detector, "y", axis, "mm", "y on the detector")
        x = field(detector, "x", axis, "mm", "x on the detector")
        plot(e, data, {"temperature": temperature, "y": y, "x": x}, image=True)
    return [path]


def write_scan(path: Path, header: Header, *, seed: int) -> list[Path]:
    """Write a 1D scan of the detector's total against temperature, 60 points."""
    rng = np.random.default_rng(seed)
    kelvin = np.linspace(30, 90, 60)
    counts = rng.poisson(4000 + 26000 * patterns.magnetisation(kelvin) ** 2).astype("u4")
    with entry(path, header) as e:
        temperature = field(e["sample"], "temperature", kelvin, "K", "Temperature")
        data = field(e["instrument/detector"], "counts", counts, "counts", "Detector total")
        chart = plot(e, data, {"temperature": temperature})
        field(chart, "counts_errors", np.sqrt(counts), "counts")
        monitor = group(e, "monitor", "NXmonitor")
        field(monitor, "data", rng.poisson(1e6, 60), "counts", "Monitor")
    return [path]


def write_tomography(
    path: Path, header: Header, *, projections: int, parts: int, seed: int
) -> list[Path]:
    """Write radiographs over 180°: data files, and a master that shows them as one.

    The master finds its data files beside itself: by a virtual dataset and by external
    links, as detectors write them.
    """
    rng = np.random.default_rng(seed)
    rows, columns = 200, 256
    angles = np.linspace(0, 180, projections, endpoint=False)
    each = projections // parts
    layout = h5py.VirtualLayout((each * parts, rows, columns), "u2")
    files = []
    sinogram = np.empty((each * parts, columns), "u2")
    path.parent.mkdir(parents=True, exist_ok=True)
    for part in range(parts):
        name = f"{path.stem.removesuffix('_master')}_data_{part + 1:06d}.h5"
        files.append(path.with_name(name))
        with h5py.File(files[-1], "w", libver=("earliest", "v110")) as file:
            data = file.create_dataset(
                "entry/data/data",
                (each, rows, columns),
                "u2",
                chunks=(1, rows, columns),
                **FILTERS["bitshuffle-lz4"],
            )
            for i in range(each):
                frame = rng.poisson(patterns.radiograph(rows, columns, angles[part * each + i]))
                data[i] = frame
                sinogram[part * each + i] = frame[rows // 2]
        source = h5py.VirtualSource(name, "entry/data/data", (each, rows, columns))
        layout[part * each : (part + 1) * each] = source
    with entry(path, header) as e:
        detector = e["instrument/detector"]
        stack = detector.create_virtual_dataset("data", layout, fillvalue=0)
        stack.attrs.update({"units": "counts", "long_name": "Counts"})
        pixel = 7.5 / columns
        angle = field(e["sample"], "rotation_angle", angles[: each * parts], "deg", "Angle")
        y = field(detector, "y", patterns.pixel_axis(rows, pixel), "mm", "Height")
        x = field(detector, "x", patterns.pixel_axis(columns, pixel), "mm", "Across")
        plot(e, stack, {"rotation_angle": angle, "y": y, "x": x}, image=True)
        line = field(detector, "sinogram", sinogram, "counts", "Counts", **FILTERS["gzip"])
        plot(e, line, {"rotation_angle": angle, "x": x}, name="sinogram", image=True)
        links = group(e, "parts", "NXcollection")
        for file in files:
            links[file.stem] = h5py.ExternalLink(file.name, "/entry/data/data")
    return [path, *files]
