"""Where the files that ship with the product lie: beside the package in a checkout, inside it in a wheel."""

from functools import cache
from pathlib import Path


@cache
def share() -> Path:
    """Folder that holds `ontology/` and `data/`."""
    package = Path(__file__).resolve().parent
    installed = package / "share"
    return installed if installed.is_dir() else package.parent


def ontology() -> Path:
    """Folder of the OWL, SKOS and SHACL files, the rules and the questions."""
    return share() / "ontology"


def data() -> Path:
    """Folder of the lexicon, the gazetteer and the example."""
    return share() / "data"


def page_file(name: str) -> Path | None:
    """A built file of the pages, such as `explorer.js`; None where they were never built (`make pages` builds them in a checkout)."""
    folder = share() / "pages" if (share() / "pages").is_dir() else share() / "web" / "dist"
    built = folder / name
    return built if built.is_file() else None
