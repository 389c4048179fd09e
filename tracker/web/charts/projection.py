"""Where a place stands on a map of the world (Equal Earth), or of Europe and what is near it (Lambert's conic)."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """What a map shows, in degrees, and the drawing that it does so in."""

    name: str
    west: float
    east: float
    south: float
    north: float
    width: int
    height: int
    place: Callable[[float, float], tuple[float, float]]
    """Where a place in degrees stands in the drawing, from its upper left corner."""
    small: int
    """Below how many units of the drawing each way a state is small."""
    dot: int
    """How large the point in a small state is."""


_FIRST, _SECOND, _MIDDLE, _CENTRE = (math.radians(degrees) for degrees in (40, 62, 52, 12))
_N = math.log(math.cos(_FIRST) / math.cos(_SECOND)) / math.log(
    math.tan(math.pi / 4 + _SECOND / 2) / math.tan(math.pi / 4 + _FIRST / 2)
)
_F = math.cos(_FIRST) * math.tan(math.pi / 4 + _FIRST / 2) ** _N / _N
_SCALE, _X, _Y = 1180, 360, 470


def _on_cone(longitude: float, latitude: float) -> tuple[float, float]:
    radius, middle = _radius(math.radians(latitude)), _radius(_MIDDLE)
    angle = _N * (math.radians(longitude) - _CENTRE)
    return _X + _SCALE * radius * math.sin(angle), _Y - _SCALE * (middle - radius * math.cos(angle))


def _radius(latitude: float) -> float:
    return _F / math.tan(math.pi / 4 + latitude / 2) ** _N


_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_WIDTH, _EAST_OF_GREENWICH, _NORTH = 1200, 11.0, 80.0
"""The world is cut in the Bering Strait, so that no state stands on both sides."""


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place stands for a radius of one (Šavrič, Patterson and Jenny, 2018)."""
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    wide = 9 * _A4 * angle**8 + 7 * _A3 * angle**6 + 3 * _A2 * angle**2 + _A1
    x = 2 * math.sqrt(3) * math.radians(longitude - _EAST_OF_GREENWICH) * math.cos(angle) / (3 * wide)
    return x, _A4 * angle**9 + _A3 * angle**7 + _A2 * angle**3 + _A1 * angle


def _on_world(longitude: float, latitude: float) -> tuple[float, float]:
    scale = _WIDTH / 2 / _equal_earth(180 + _EAST_OF_GREENWICH, 0)[0]
    x, y = _equal_earth(longitude, latitude)
    return _WIDTH / 2 + scale * x, scale * (_equal_earth(0, _NORTH)[1] - y)


EUROPE = View("europe", -25.0, 44.0, 34.5, 71.3, 900, 860, _on_cone, small=16, dot=7)
WORLD = View("world", -169.0, 191.0, -55.5, _NORTH, _WIDTH, 516, _on_world, small=8, dot=4)
