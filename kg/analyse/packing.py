"""Drawings of parts beside each other: shapes of cells, each as near to the middle as it fits.

Source: Freivalds, Dogrusoz and Kikusts, Disconnected Graph Layout and the Polyomino Packing Approach (Graph Drawing 2001).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.analyse.network import Floats, Integers

_CELLS = 10_000
"""Cells that the boxes of all drawings take together, about, at most."""
_AT_ONCE = 256
"""Places that are tried in one go."""


def packed(drawings: Sequence[Floats], room: float, shape: float) -> list[Floats]:
    """The drawings moved so that none lies in another's room, the first in the middle of what is a rectangle about.

    Args:
        drawings: places of nodes, each of shape (n, 2), the largest drawing first.
        room: pixels that a node keeps free on each side.
        shape: width of the whole by its height.
    """
    if not drawings:
        return []
    area = sum(float((np.ptp(one, axis=0) + 2 * room).prod()) for one in drawings)
    cell = max(room, float(np.sqrt(area / _CELLS)))
    shapes = [_cells(one, cell, room) for one in drawings]
    half = int(np.sqrt(shape * sum(map(len, shapes)))) + int(max(one.max() for one in shapes)) + 2
    taken = np.zeros((2 * half, 2 * half), dtype=bool)
    order, tried, moved = _from_the_middle(half, shape), dict[bytes, int](), []
    for place, cells in zip(drawings, shapes, strict=True):
        around = cells - cells.max(axis=0) // 2
        key = around.tobytes()
        found = tried[key] = _first_free(taken, order, around, tried.get(key, 0))  # where this shape did not fit, it does not now
        taken[tuple((around + order[found]).T)] = True
        moved.append(place - place.min(axis=0) + room + (around[0] + order[found] - cells[0]) * cell)
    return moved


def _cells(place: Floats, cell: float, room: float) -> Integers:
    """Cells that a drawing takes, with the room of each node and what they enclose, shape (k, 2)."""
    from scipy.ndimage import binary_fill_holes  # noqa: PLC0415  # a tenth of a second

    inside = place - place.min(axis=0) + room
    corners = np.concatenate([inside + np.array((x, y)) for x in (-room, 0, room) for y in (-room, 0, room)])
    found = np.maximum(0, np.floor(corners / cell)).astype(np.int64)
    filled = np.zeros(found.max(axis=0) + 1, dtype=bool)
    filled[tuple(found.T)] = True
    return np.argwhere(binary_fill_holes(filled)).astype(np.int64)


def _from_the_middle(half: int, shape: float) -> Integers:
    """Cells of the grid, in rectangles that grow around its middle."""
    cells = np.indices((2 * half, 2 * half)).reshape(2, -1).T
    away = np.abs(cells - half) / (shape, 1.0)
    return np.asarray(cells[np.lexsort((away.sum(axis=1), away.max(axis=1)))], dtype=np.int64)


def _first_free(taken: npt.NDArray[np.bool_], order: Integers, around: Integers, start: int) -> int:
    """The number of the first place where these cells are all free."""
    for first in range(start, len(order), _AT_ONCE):
        at = order[first : first + _AT_ONCE, None] + around
        inside = ((at >= 0) & (at < len(taken))).all(axis=(1, 2))
        free = inside & ~taken[tuple(np.moveaxis(at, 2, 0) % len(taken))].any(axis=1)
        if free.any():
            return first + int(free.argmax())
    raise AssertionError("the grid has room for all")
