"""Pictures beside those that were looked at and kept. `KG_PICTURES=keep` keeps new ones."""

import os
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH = 420
"""Pixels to which pages are reduced: letters blur, and what is left is the page's make-up."""
FAR = 32
"""Steps of grey by which a pixel differs."""
SHARE = 0.04
"""Of the pixels that may differ: fonts of another release move letters."""


def keeping() -> bool:
    """Whether this run keeps new pictures."""
    return os.environ.get("KG_PICTURES") == "keep"


def grey(path: Path) -> np.ndarray:
    """A picture in grey, reduced."""
    image = Image.open(path).convert("L")
    return np.asarray(image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.BOX))


def assert_looks_as_kept(folder: Path, path: Path, name: str) -> None:
    """A picture beside the one of that name which was kept in a folder."""
    kept, now = folder / f"{name}.png", grey(path)
    if keeping():
        folder.mkdir(exist_ok=True)
        Image.fromarray(now).save(kept, optimize=True)
    before = grey(kept)
    rows = min(len(before), len(now))
    assert abs(len(before) - len(now)) <= 0.03 * len(before)
    differing = (np.abs(before[:rows].astype(int) - now[:rows].astype(int)) > FAR).mean()
    assert differing <= SHARE, f"{differing:.1%} of {name} differs from the picture that was kept"
