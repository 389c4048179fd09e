"""Where a place stands on the map: Europe and what is near it, in a drawing 900 wide (Lambert's conformal conic)."""

import math

WEST, EAST, SOUTH, NORTH = -25.0, 44.0, 34.5, 71.3
"""What the map shows, in degrees."""

WIDTH, HEIGHT = 900, 860

_FIRST, _SECOND, _MIDDLE, _CENTRE = (math.radians(degrees) for degrees in (40, 62, 52, 12))
_N = math.log(math.cos(_FIRST) / math.cos(_SECOND)) / math.log(
    math.tan(math.pi / 4 + _SECOND / 2) / math.tan(math.pi / 4 + _FIRST / 2)
)
_F = math.cos(_FIRST) * math.tan(math.pi / 4 + _FIRST / 2) ** _N / _N
_SCALE, _X, _Y = 1180, 360, 470


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place in degrees stands in the drawing, from its upper left corner."""
    radius, middle = _radius(math.radians(latitude)), _radius(_MIDDLE)
    angle = _N * (math.radians(longitude) - _CENTRE)
    return _X + _SCALE * radius * math.sin(angle), _Y - _SCALE * (middle - radius * math.cos(angle))


def _radius(latitude: float) -> float:
    return _F / math.tan(math.pi / 4 + latitude / 2) ** _N
