"""Where the nodes of a connected network lie, found by forces: their repulsion is reckoned on a grid, so that its cost grows with n log n.

The forces are those of Zhong, Xue, Zhang, Wang and Deussen, Force-Directed Graph Layouts Revisited: A New Force Based on the
t-Distribution (IEEE TVCG 2023); nodes begin where PivotMDS puts them (Brandes and Pich, Eigensolver Methods for Progressive
Multidimensional Scaling of Large Data, 2006). A tie pulls the less the more ties its ends have, so that hubs do not draw all together.
"""

import numpy as np

from kg.analyse.network import Floats, Network

_PULL, _NEAR = 0.3, 30.0
"""Strength of a tie, and how much stronger it is between near ends."""
_ROUNDS = 200
_FRICTION = 0.6
_FIRM = 0.05
"""Share of the forces that acts in the last round."""
_PIVOTS = 50
_CELL, _CELLS = 0.3, 256
"""Side of a cell of the grid in units of the repulsion's reach, larger where a side would have more cells than this."""
_SEED = 2023
_REACH = 8
"""Units beyond which nodes do not repel each other."""


def by_forces(network: Network) -> Floats:
    """Places of a connected network of two nodes or more, shape (n, 2), around their middle, in units of their own."""
    place = _by_pivots(network)
    ends, (low, high) = network.ends, network.ends.T
    worth = 1 / np.minimum(network.degrees[low], network.degrees[high])
    held = np.bincount(ends.ravel(), weights=np.repeat(worth, 2), minlength=network.n)
    slow = np.maximum(1, _PULL * (1 + _NEAR / 4) * held)[:, None]
    speed = np.zeros_like(place)
    for number in range(_ROUNDS):
        away = place.take(high, axis=0) - place.take(low, axis=0)
        pull = (worth * _PULL * (1 + _NEAR / (1 + (away[:, 0] ** 2 + away[:, 1] ** 2))))[:, None] * away
        total = _repulsion(place)
        for side in (0, 1):
            total[:, side] += np.bincount(low, pull[:, side], network.n) - np.bincount(high, pull[:, side], network.n)
        acting = 1 - (1 - _FIRM) * number / _ROUNDS
        speed = (speed + total / slow * acting) * _FRICTION
        place = place + speed
    return np.asarray(place - place.mean(axis=0), dtype=np.float64)


def _by_pivots(network: Network) -> Floats:
    """PivotMDS: distances to some nodes that lie far from each other, in the two directions in which they differ most."""
    rows, pivot, least = [], int(network.degrees.argmax()), np.full(network.n, np.inf)
    for _ in range(min(_PIVOTS, network.n)):
        rows.append(network.distances(pivot))
        least = np.minimum(least, rows[-1])
        pivot = int(least.argmax())
    squared = np.array(rows).T ** 2
    centred = -(squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()) / 2
    directions = np.linalg.eigh(centred.T @ centred)[1][:, -2:]
    directions *= np.sign(directions[np.abs(directions).argmax(axis=0), [0, 1]])  # else the sign is the machine's choice
    place = centred @ directions
    apart = np.random.default_rng(_SEED).normal(0, 0.1, place.shape)  # so that no two nodes lie in one point
    return np.asarray(place / max(1e-9, place.std()) * 0.15 * np.sqrt(network.n) + apart, dtype=np.float64)


def _repulsion(place: Floats) -> Floats:
    """Of each node the sum of d / (1 + |d|²)² over all others, shape (n, 2).

    Nodes are spread over the four corners of their cell, and the sum is a convolution of the grid (Hockney and Eastwood, Computer
    Simulation Using Particles, 1988).
    """
    from scipy.fft import irfft2, next_fast_len, rfft2  # noqa: PLC0415  # a tenth of a second

    corner, span = place.min(axis=0), np.ptp(place, axis=0)
    cell = max(_CELL, float(span.max()) / _CELLS)
    shape = tuple(next_fast_len(int(side / cell) + 2 + int(_REACH / cell), real=True) for side in span)
    inside = (place - corner) / cell
    first = inside.astype(np.int64)
    right, down = (inside - first).T
    share = np.stack(((1 - right) * (1 - down), (1 - right) * down, right * (1 - down), right * down))
    at = first[:, 0] * shape[1] + first[:, 1] + np.array([[0], [1], [shape[1]], [shape[1] + 1]])
    crowd = rfft2(np.bincount(at.ravel(), share.ravel(), shape[0] * shape[1]).reshape(shape))
    x, y = (np.fft.fftfreq(side, 1 / side) * cell for side in shape)
    fading = (1 + x[:, None] ** 2 + y[None] ** 2) ** -2
    fields = (irfft2(crowd * rfft2(fading * step), s=shape).ravel() for step in (x[:, None], y[None]))
    return np.stack([(share * field[at]).sum(axis=0) for field in fields], axis=1)
