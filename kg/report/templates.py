"""The template set: one XHTML fragment a section and language, filled in and read back as blocks.

A fragment may hold h2 (the title), h3, h4, p (class `note` for remarks on method), ul with li, strong, `{{ cite(sentences) }}`,
`<table rows="…">` with a `<th key="…">` a column (`only="page"` or `only="sheet"` where not all have it), and
`<figure chart="…">` around its caption. Every value is escaped.
A folder of the user's own comes first; what it lacks is taken from here.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from kg.errors import KgError, UsageError
from kg.printed import xml_text
from kg.report.content import Block, Cite, Column, Content, Figure, Heading, Paragraph, Row, Run, Section, Table, Text, shown
from kg.show import wording

_MOST = 40
"""Rows of a table that a page shows, where the template does not say."""
_CITED = 4
_LINE_BREAK = re.compile(r"(?<=[^\x00-\u2e7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\u2e7f])")


class TemplateSet:
    """Templates in one language."""

    def __init__(self, lang: str, folder: Path | None = None) -> None:
        """Open a template set.

        Args:
            lang: `zh` or `en`.
            folder: templates that stand in place of those of the same path.

        Raises:
            UsageError: the folder is not there.
        """
        if folder is not None and not folder.is_dir():
            raise UsageError(f"{folder} is no folder of templates. Copy kg/report/templates and change it.")
        own = [FileSystemLoader(folder)] if folder else []
        self.lang = lang
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader([*own, PackageLoader("kg.report", "templates")]),
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_finalize,
        )  # fmt: skip
        self._environment.filters["shown"] = shown
        ours, own_words = self._toml(f"{lang}.toml", ours=True)["words"], self._toml(f"{lang}.toml").get("words", {})
        self.words: Mapping[str, str] = {**wording.words(lang), **ours, **own_words}
        self.order: tuple[str, ...] = tuple(self._toml("report.toml").get("sections", ()))

    def _toml(self, name: str, ours: bool = False) -> dict[str, Any]:
        loader: Any = PackageLoader("kg.report", "templates") if ours else self._environment.loader
        try:
            return tomllib.loads(loader.get_source(self._environment, name)[0])
        except tomllib.TOMLDecodeError as error:
            raise KgError(f"Template {name} is not TOML: {error}.") from error

    def page(self, **values: Any) -> str:
        """The page around the sections, for HTML.

        Raises:
            KgError: the template cannot be filled in.
        """
        return self._filled("report.html", words=self.words, lang=self.lang, **values)

    def _filled(self, file: str, **values: Any) -> str:
        try:
            return self._environment.get_template(file).render(**values)
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:  # what its expressions raise
            number = getattr(error, "lineno", None)
            line = f" line {number}" if number else ""
            raise KgError(f"Template {file}{line}: {getattr(error, 'message', None) or error or type(error).__name__}.") from error

    def section(self, name: str, content: Content) -> Section:
        """A section's template filled in.

        Raises:
            KgError: the template cannot be filled in, or holds what a report cannot; with its name and line.
        """
        file, cited = f"{self.lang}/{name}.html", []

        def cite(*groups: tuple[str, ...], most: int = _CITED) -> Markup:
            cited.append(tuple(dict.fromkeys(sentence for group in groups for sentence in group))[:most])
            return Markup(f'<cite n="{len(cited) - 1}"/>')  # noqa: S704  # a number of ours

        filled = self._filled(file, **content.values, words=self.words, cite=cite)
        try:
            root = etree.fromstring(f"<section>{filled}</section>".encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise KgError(f"Template {file} does not give well-formed XHTML: {error.msg}.") from error
        blocks = [block for element in root for block in _blocks(element, content, cited, file)]
        title = next((block.text for block in blocks if isinstance(block, Heading) and block.level == 1), name)
        return Section(name, title, tuple(block for block in blocks if not (isinstance(block, Heading) and block.level == 1)))


def _finalize(value: Any) -> Any:
    """A value as text that XML can hold: numbers as a page shows them, no control characters."""
    if isinstance(value, str | Markup):
        return type(value)(xml_text(value))
    if isinstance(value, float):
        return f"{value:g}"
    return shown(value) if isinstance(value, int) else value


def _blocks(element: Any, content: Content, cited: list[tuple[str, ...]], file: str) -> list[Block]:
    tag = str(element.tag)
    if tag in ("h2", "h3", "h4"):
        return [Heading(int(tag[1]) - 1, _plain(element))]
    if tag == "p":
        return [Paragraph("note" if element.get("class") == "note" else "statement", _runs(element, cited))]
    if tag == "ul":
        return [Paragraph("item", _runs(item, cited)) for item in element]
    if tag == "table":
        return _table(element, content, file)
    if tag == "figure":
        chart = content.charts.get(str(element.get("chart")))
        return [Figure(chart, _plain(element), str(element.get("axis", "")))] if chart else []
    raise KgError(f"Template {file} has <{tag}>, which a report cannot hold. Use h2, h3, h4, p, ul, table or figure.")


def _table(element: Any, content: Content, file: str) -> list[Block]:
    """A table; left out where it has no rows."""
    name = str(element.get("rows"))
    rows = content.tables.get(name, ())
    if not rows:
        return []
    columns = []
    for head in element.findall("th"):
        key = str(head.get("key"))
        if key not in rows[0].cells:
            raise KgError(f"Template {file}: table '{name}' has no column '{key}'. Its columns: {', '.join(rows[0].cells)}.")
        columns.append(Column(key, _plain(head), _whole(head, "digits", 0, file), head.get("in") == "sheet"))
    caption = element.find("caption")
    made = tuple(Row(row.cells, tuple(row.sentences), row.withheld) for row in rows)
    most, only = _whole(element, "most", _MOST, file), str(element.get("only", ""))
    if only not in ("", "page", "sheet"):
        raise KgError(f'Template {file}: only="{only}" is neither page nor sheet.')
    shown_rows = made[:most]
    columns = [one if one.sheet_only or any(_says(row, one) for row in shown_rows) else replace(one, sheet_only=True) for one in columns]
    return [Table(name, _plain(caption) if caption is not None else "", tuple(columns), made, most, only)]


def _says(row: Row, column: Column) -> bool:
    return row.cells[column.key] not in (None, "")


def _whole(element: Any, name: str, usual: int, file: str) -> int:
    """An attribute that is a whole number."""
    given = element.get(name, str(usual))
    if not given.isdecimal():
        raise KgError(f'Template {file}: {name}="{given}" is no whole number.')
    return int(given)


def _runs(element: Any, cited: list[tuple[str, ...]]) -> tuple[Run, ...]:
    found: list[Run] = [Text(_spaced(element.text))] if element.text else []
    for child in element:
        if child.tag == "cite":
            found.append(Cite(cited[int(child.get("n"))]))
        else:
            found.append(Text(_spaced("".join(child.itertext())), strong=child.tag == "strong"))
        if child.tail:
            found.append(Text(_spaced(child.tail)))
    first = next((i for i, run in enumerate(found) if isinstance(run, Text)), None)
    if first is not None:
        found[first] = Text(found[first].text.lstrip(), found[first].strong)  # type: ignore[union-attr]
    return tuple(run for run in found if isinstance(run, Cite) or run.text)


def _plain(element: Any) -> str:
    return _spaced("".join(element.itertext())).strip()


def _spaced(text: str) -> str:
    """Lines of a template joined: with a space, beside Chinese characters without."""
    return re.sub(r"\s+", " ", _LINE_BREAK.sub("", text))
