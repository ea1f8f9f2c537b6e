"""Word documents (Office Open XML)."""

from dataclasses import replace

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw, document
from kg.read.remarks import remarks
from kg.read.table import compose
from kg.read.word.reader import Word

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OTHER_TYPES = {
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
}


def read_docx(raw: Raw) -> Document:
    """Read `.docx`, `.docm`, `.dotx` as Word shows them when all changes are accepted.

    Paragraphs with the numbers that Word counts for them, notes, text boxes and the rows of tables stand in their order,
    a line each; struck-through and hidden words do not, and `remarks` say so.

    Raises:
        ReadError: not a Word document, a broken or protected one, or one beyond the limits.
    """
    word = Word(raw)
    try:
        text, rows = compose(raw, list(word.blocks()))
    except RecursionError as error:
        raise ReadError(f"{raw.path} has tables or text boxes too deep within each other. Take some out of their frame.") from error
    made = document(raw, _OTHER_TYPES.get(raw.path.suffix.lower(), MEDIA_TYPE), text.rstrip("\n"), title=word.title)
    return replace(made, rows=rows, remarks=remarks(raw.path.name, word.tally))
