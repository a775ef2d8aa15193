"""Detector images and scans as the sample instruments would measure them.

Every function is pure: the same arguments give the same numbers. Lengths are in
millimetres on the detector and in ångström in the sample.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WAVELENGTH = 0.155
"""Of the diffractometer's X-rays, about 80 keV. Unit: ångström."""

DISTANCE = 800.0
"""From the sample to the diffraction detector. Unit: mm."""

LATTICE = {
    "austenite": [2.074, 1.796, 1.270, 1.083],
    "ferrite": [2.027, 1.433, 1.170],
    "nickel": [2.034, 1.762, 1.246, 1.062],
    "carbide": [2.376, 2.168, 2.046, 1.802],
    "graphite": [3.355, 2.130, 1.678, 1.230],
    "lithiated": [3.700, 2.155, 1.850, 1.245],
}
"""Spacings of the strongest lattice planes by phase. Unit: ångström."""


def pixel_axis(pixels: int, size: float) -> Array:
    """Give the positions of pixel centres, zero at the beam. Unit: that of `size`."""
    return np.asarray((np.arange(pixels) - (pixels - 1) / 2) * size, dtype=np.float64)


def rings(axis: Array, phases: dict[str, float], strain: float, counts: float = 60.0) -> Array:
    """Give the mean image of a strained polycrystal.

    Parameters
    ----------
    axis:
        Pixel positions, the same along both edges. Unit: mm.
    phases:
        Names in `LATTICE`, each with its share of the sample.
    strain:
        Elastic strain along y; Poisson's ratio gives the one along x. No unit.

    Returns
    -------
    Mean counts, shape (len(axis), len(axis)), rows first.
    """
    x, y = np.meshgrid(axis, axis)
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    along = strain * (np.sin(angle) ** 2 - 0.3 * np.cos(angle) ** 2)
    image = 6 + 14 * np.exp(-radius / 45)
    for phase, share in phases.items():
        for order, spacing in enumerate(LATTICE[phase]):
            theta = np.arcsin(WAVELENGTH / (2 * spacing * (1 + along)))
            at = DISTANCE * np.tan(2 * theta)
            texture = 1 + 0.35 * np.cos(2 * angle + order)
            height = share * counts * texture / (1 + 0.8 * order)
            image += height * np.exp(-(((radius - at) / 0.9) ** 2) / 2)
    image[radius < 6] = 0.5  # The beam stop.
    return np.asarray(image, dtype=np.float64)


def strain_near_crack(position: Array, most: float) -> Array:
    """Give the strain at `position` (mm from the crack's tip): it falls as 1/sqrt ahead of it."""
    ahead = np.clip(position, 0, None)
    return np.where(position < 0, 0.1 * most, most / np.sqrt(1 + 4 * ahead))


def powder(two_theta: Array, phases: list[str]) -> Array:
    """Give the mean counts of a powder scan; `two_theta` in degrees."""
    counts = 80 + 300 * np.exp(-two_theta / 2.5)
    for phase in phases:
        for order, spacing in enumerate(LATTICE[phase]):
            at = 2 * np.degrees(np.arcsin(WAVELENGTH / (2 * spacing)))
            width = 0.02 + 0.004 * order
            distance = (two_theta - at) / width
            gauss, lorentz = np.exp(-np.log(2) * distance**2), 1 / (1 + distance**2)
            counts = counts + 9000 / (1 + order) * (0.6 * gauss + 0.4 * lorentz)
    return np.asarray(counts, dtype=np.float64)


def magnetisation(temperature: Array, transition: float = 62.0) -> Array:
    """Give the ordered moment, 1 at 0 K and 0 above `transition`. Unit of temperature: kelvin."""
    return np.clip(1 - temperature / transition, 0, None) ** 0.36


def sans(axis: Array, temperature: float, wavelength: float = 6.0, distance: float = 4000) -> Array:
    """Give the mean image of a small-angle measurement.

    Spheres of 90 Å with Porod's law around them; the magnetic part has the lobes that a
    horizontal field gives and vanishes at the transition. `axis` and `distance` in mm,
    `wavelength` in ångström, `temperature` in kelvin.
    """
    x, y = np.meshgrid(axis, axis)
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    q = np.clip(2 * np.pi / wavelength * radius / distance, 1e-4, None)
    qr = q * 90
    form = (3 * (np.sin(qr) - qr * np.cos(qr)) / qr**3) ** 2
    ring = np.exp(-(((q - 0.055) / 0.006) ** 2) / 2)
    moment = float(magnetisation(np.array([temperature]))[0])
    image = 900 * form + 2e-5 / q**3 + 2 + 60 * moment**2 * np.sin(angle) ** 2 * (ring + form)
    image[radius < 25] = 0.2  # The beam stop.
    return np.asarray(image, dtype=np.float64)


ROOTS = [
    # x and y at the top, drift in x and y to the bottom, radius (mm); density (1/mm).
    (0.0, 0.3, 0.4, -0.9, 0.35, -0.20),
    (-1.2, 0.8, 1.6, 0.4, 0.22, -0.20),
    (1.5, -0.9, -0.7, 1.3, 0.18, -0.18),
    (0.7, 1.7, -1.9, -1.1, 0.12, -0.18),
    (-1.8, -1.1, 0.3, 1.9, 0.26, 0.45),
    (1.9, 1.2, 0.1, -0.2, 0.20, 0.50),
]
"""Roots, lighter than the soil around them, and two cracks filled with clay, denser."""


def radiograph(rows: int, columns: int, angle: float, counts: float = 9000.0) -> Array:
    """Give the mean radiograph of a soil column with roots, turned by `angle` (degrees).

    Returns
    -------
    Mean counts, shape (rows, columns); the column is 6 mm wide in a field of 7.5 mm.
    """
    turn = np.radians(angle)
    across = pixel_axis(columns, 7.5 / columns)[None, :]
    depth = np.linspace(0, 1, rows)[:, None]

    def chord(x: Array, y: Array, radius: float) -> Array:
        offset = across - (x * np.cos(turn) + y * np.sin(turn))
        return np.asarray(2 * np.sqrt(np.clip(radius**2 - offset**2, 0, None)))

    absorbed = 0.22 * chord(np.zeros((rows, 1)), np.zeros((rows, 1)), 3.0)
    for x, y, dx, dy, radius, density in ROOTS:
        wave = 0.25 * np.sin(6 * depth + x)
        absorbed = absorbed + density * chord(x + dx * depth + wave, y + dy * depth, radius)
    return np.asarray(counts * np.exp(-absorbed), dtype=np.float64)
