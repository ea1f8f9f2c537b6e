"""Scans and pictures: text by recognition (RapidOCR with the PP-OCR models that its wheel carries), offline."""

import io
from dataclasses import replace
from functools import cache
from typing import Any

from kg.errors import ReadError
from kg.extras import need
from kg.model import Document, Region, Span
from kg.read.clean import Raw, cut, document
from kg.read.page_layout import layout_cuts
from kg.read.spacing import merged, spacing_cuts
from kg.read.zipped import brief

MAX_PIXELS = 100_000_000


def read_image(raw: Raw) -> Document:
    """Read a picture of a page (`.png`, `.jpg`, `.tif`, `.bmp`): each line keeps its confidence and its box on the page.

    Raises:
        ReadError: no picture, a broken or a huge one, or one without words.
        ExtraMissingError: the extra `[ocr]` is not installed.
    """
    pillow = need("PIL.Image", "ocr", f"{raw.path.name}: reading pictures")
    numpy = need("numpy", "ocr", f"{raw.path.name}: reading pictures")
    text, pages, regions = "", [], []
    try:
        with pillow.open(io.BytesIO(raw.data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                size = f"{picture.width} × {picture.height}"
                raise ReadError(f"{raw.path} has {size} pixels; at most {MAX_PIXELS:,} are read. Scale it down.")
            for number in range(getattr(picture, "n_frames", 1)):
                picture.seek(number)
                words, found = recognise(raw, numpy.asarray(picture.convert("RGB")), number + 1, len(text))
                pages.append(Span(len(text), len(text) + len(words)))
                regions += found
                text += words + "\n"
    except (OSError, SyntaxError, ValueError, pillow.DecompressionBombError) as error:
        raise ReadError(f"{raw.path} is no readable picture ({brief(error)}). Save it again as .png.") from error
    cleaned, offsets = cut(text, merged(layout_cuts(text, pages), spacing_cuts(text)))
    media_type = f"image/{raw.path.suffix.lstrip('.').lower()}"
    return replace(document(raw, media_type, cleaned, offsets), regions=tuple(regions))


def recognise(raw: Raw, picture: Any, page: int, at: int) -> tuple[str, list[Region]]:
    """Text of a picture in reading order, a line each, and where each line stands.

    Args:
        raw: the file, for messages.
        picture: array of height × width × 3 bytes.
        page: number of the page, from 1.
        at: offset at which the page's text will stand in the text as read.

    Returns:
        Lines apart by line feeds, and a region for each: its box in per cent of the page, its confidence from 0 to 1.

    Raises:
        ExtraMissingError: the extra `[ocr]` is not installed.
    """
    found = _engine(raw.path.name)(picture)
    height, width = picture.shape[:2]
    boxes = [_box(corners, width, height) for corners in (found.boxes if found.boxes is not None else [])]
    lines = sorted(zip(boxes, found.txts or (), found.scores or (), strict=True), key=lambda line: (round(line[0][1]), line[0][0]))
    text, regions = "", []
    for box, words, score in lines:
        start = at + len(text)
        regions.append(Region(Span(start, start + len(words)), page, box, round(float(score), 4)))
        text += words + "\n"
    return text.rstrip("\n"), regions


def _box(corners: Any, width: int, height: int) -> tuple[float, float, float, float]:
    left, top = corners[:, 0].min() / width, corners[:, 1].min() / height
    right, bottom = corners[:, 0].max() / width, corners[:, 1].max() / height
    return tuple(round(float(100 * share), 2) for share in (left, top, right - left, bottom - top))  # type: ignore[return-value]  # four of them


@cache
def _engine(name: str) -> Any:
    rapidocr = need("rapidocr", "ocr", f"{name} is a scan; reading it")
    need("onnxruntime", "ocr", f"{name} is a scan; reading it")
    return rapidocr.RapidOCR(params={"Global.log_level": "critical"})
