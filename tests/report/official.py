"""The report's template documents in the form of official papers, GB/T 9704-2012: `python -m tests.report.official` writes them anew.

Source: GB/T 9704-2012 党政机关公文格式, 5 (paper, margins, type area, type), 7.3 (title, text, numbers of headings), 7.5 (page numbers).
Page and paragraphs are what python-docx can say; what it cannot (lists, fields, Chinese type) is said in Word's own words below.
"""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, RGBColor

from kg.report import word

TEMPLATES = Path(word.__file__).parent / "templates"
TITLE, SONG, FANGSONG, HEI, KAI, LATIN = "方正小标宋简体", "宋体", "仿宋", "黑体", "楷体", "Times New Roman"
SMALL_TWO, THREE, FOUR, SMALL_FOUR, FIVE, SMALL_FIVE = 22, 16, 14, 12, 10.5, 9
"""Chinese type sizes in points."""
OTHERS = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer", "Heading 4"}
"""Styles that stay beside those which a report asks for."""


@dataclass(frozen=True)
class Form:
    """Size of the text and distance of its lines in points, kind and text of the numbers of headings, what stands behind them.

    The standard speaks of Chinese, 22 lines on a page of 225 mm; Latin letters of that size would be a poster.
    """

    size: float
    leading: float
    numbers: tuple[tuple[str, str], ...]
    behind: str


_COUNTED = "chineseCountingThousand"
FORMS = {
    "zh": Form(THREE, 29, ((_COUNTED, "%1、"), (_COUNTED, "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")), "nothing"),
    "en": Form(SMALL_FOUR, 20, tuple(("decimal", text) for text in ("%1.", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4")), "space"),
}


def made(lang: str) -> bytes:
    """A template document, in `zh` or `en`; the same bytes each time."""
    document, form = Document(), FORMS[lang]
    _page(document, form.leading)
    _styles(document, form)
    _number_headings(document, form)
    _page_numbers(document)
    _forget(document)
    out = io.BytesIO()
    document.save(out)
    return word.repacked(out.getvalue())


def _page(document: Any, leading: float) -> None:
    """A4 whose margins leave 156 mm by 225 mm; the number stands 7 mm below."""
    section = document.sections[0]
    section.page_width, section.page_height, section.footer_distance = Mm(210), Mm(297), Mm(23)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section._sectPr.remove(section._sectPr.find(qn("w:docGrid")))
    section._sectPr.append(_xml("docGrid", f'w:type="lines" w:linePitch="{leading * 20:g}"'))


def _styles(document: Any, form: Form) -> None:
    size, text, tight = form.size, f'w:line="{form.leading * 20:g}" w:lineRule="exact"', 'w:line="240" w:lineRule="auto"'
    two_in = f'<w:ind w:firstLineChars="200" w:firstLine="{size * 40:g}"/>'
    _style(document, "Normal", FANGSONG, size, f'<w:spacing w:before="0" w:after="0" {text}/>')
    middle = f'<w:spacing w:before="0" w:after="300" {tight}/><w:contextualSpacing/><w:jc w:val="center"/>'
    _style(document, "Title", TITLE, SMALL_TWO, middle, '<w:spacing w:val="5"/><w:kern w:val="28"/>')
    for level, face in enumerate((HEI, KAI, FANGSONG, FANGSONG)):
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        layout = f'<w:keepNext/><w:keepLines/>{number}<w:spacing {text}/>{two_in}<w:outlineLvl w:val="{level}"/>'
        _style(document, f"Heading {level + 1}", face, size, layout)
    _style(document, "Text of report", FANGSONG, size, f"<w:spacing {text}/>{two_in}")
    _style(document, "Caption", HEI, SMALL_FOUR, f'<w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="60" {tight}/>')
    small = {"Remark": (KAI, min(size, SMALL_FOUR) - 0.5), "Table text": (SONG, FIVE), "Small table text": (SONG, SMALL_FIVE)}
    for name, (face, points) in (small | {"Evidence": (SONG, SMALL_FIVE)}).items():
        _style(document, name, face, points, f'<w:snapToGrid w:val="0"/><w:spacing {tight}/>')
    for tongue in document.styles.element.iter(qn("w:lang")):  # else a program may take characters for traditional or Japanese ones
        tongue.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Caption"].hidden = False
    document.styles.add_style(word.WITHHELD, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor(0x8A, 0x4B, 0x00)
    table = document.styles.add_style(word.TABLE, WD_STYLE_TYPE.TABLE)
    table.base_style = document.styles["Table Grid"]
    head = '<w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8EEF4"/></w:tcPr>'
    table.element.append(_xml("tblStylePr", 'w:type="firstRow"', head))


def _style(document: Any, name: str, face: str, size: float, layout: str, letters: str = "") -> None:
    """A style of paragraphs, black, upright and not bold; one that Word does not have itself is added."""
    styles = document.styles
    if name not in [style.name for style in styles]:
        added = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style, added.quick_style = styles["Normal"], True
    element = styles[name].element
    element._remove_pPr()
    element._remove_rPr()
    element._insert_pPr(_xml("pPr", inner=layout))
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{face}" w:cs="{LATIN}"/>'
    element._insert_rPr(_xml("rPr", inner=f'{fonts}{letters}<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>'))


def _number_headings(document: Any, form: Form) -> None:
    """Heading styles numbered 一、（一）1.（1） by a list of Word's own, so that an editor's new heading gets its number."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="{form.behind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (kind, text) in enumerate(form.numbers)
    )
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    numbering.append(_xml("abstractNum", 'w:abstractNumId="1"', f'<w:multiLevelType w:val="multilevel"/>{levels}'))
    numbering.append(_xml("num", 'w:numId="1"', '<w:abstractNumId w:val="1"/>'))


def _page_numbers(document: Any) -> None:
    """`— 1 —` in four-point Song type, outside: odd pages right, even pages left, a character in."""
    document.settings.odd_and_even_pages_header_footer = True
    type_ = f'<w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/><w:sz w:val="{FOUR * 2}"/></w:rPr>'
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        paragraph._remove_pPr()
        paragraph._insert_pPr(_xml("pPr", inner=f'<w:pStyle w:val="Footer"/><w:ind w:{side}="{FOUR * 20}"/><w:jc w:val="{side}"/>'))
        for said in (
            '<w:t xml:space="preserve">— </w:t>', '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>",
            '<w:fldChar w:fldCharType="end"/>', '<w:t xml:space="preserve"> —</w:t>',
        ):  # fmt: skip
            paragraph.append(_xml("r", inner=f"{type_}{said}"))


def _forget(document: Any) -> None:
    """What python-docx's own document brings and no report needs: a picture of it, its styles in many colours, its author."""
    properties, package = document.core_properties, document.part.package
    properties.title = properties.author = properties.comments = ""
    properties.created = properties.modified = dt.datetime(2000, 1, 1)
    for source in (package, document.part):
        for key, one in list(source.rels.items()):
            if one.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML) or one.reltype.endswith("stylesWithEffects"):
                del source.rels[key]
    wanted = OTHERS | {word.WITHHELD, word.TABLE} | {name for names in word.STYLES.values() for name in names}
    for style in list(document.styles):
        if style.name not in wanted:
            style.delete()
    for element in document.styles.element.iter(qn("w:style")):
        for link in element.findall(qn("w:link")):
            element.remove(link)


def _xml(tag: str, attributes: str = "", inner: str = "") -> Any:
    return parse_xml(f"<w:{tag} {nsdecls('w')} {attributes}>{inner}</w:{tag}>")


if __name__ == "__main__":
    for lang in FORMS:
        (TEMPLATES / f"{lang}.docx").write_bytes(made(lang))
