"""An Office file whose bytes depend on what it holds alone."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes) -> bytes:
    """A zip archive with the time of day taken out of its entries, which stay in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            made = zipfile.ZipInfo(entry.filename, _EPOCH)
            made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(made, old.read(entry))
    return out.getvalue()
