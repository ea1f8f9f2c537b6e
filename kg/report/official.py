"""The form of official papers, GB/T 9704-2012: page, type, numbering of headings, page numbers; as styles of Word.

Source: GB/T 9704-2012 党政机关公文格式, 5 (paper, margins, type area, type), 7.3 (title, text, numbers of headings), 7.5 (page numbers).
"""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

PAGE, MARGINS = (210, 297), {"top": 37, "bottom": 35, "left": 28, "right": 26}
"""Millimetres: A4; what is left is the type area of 156 mm by 225 mm."""
LINES, CHARACTERS = 22, 28
"""A page has 22 lines of 28 characters."""
SIZES = {"二号": 22.0, "三号": 16.0, "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0}
"""Chinese type sizes in points."""
TITLE, BODY, LEVEL_ONE, LEVEL_TWO, TABLE = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
LATIN = "Times New Roman"
_LEADING = {"zh": Pt(225 / 25.4 * 72 / LINES), "en": Pt(20)}
_BODY_SIZE = {"zh": SIZES["三号"], "en": SIZES["小四"]}
"""The standard speaks of Chinese; Latin letters of that size would be a poster."""
_NUMBERS = {"zh": (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）")),
            "en": (("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("decimal", "%1.%2.%3.%4"))}  # fmt: skip
_NUMBERING_ID = 90


def set_up(document: Document, lang: str) -> None:
    """Page, styles, numbering and page numbers of an empty document."""
    _page(document, lang)
    _styles(document, lang)
    _number_headings(document, lang)
    _page_numbers(document)


def _page(document: Document, lang: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    for side, millimetres in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(millimetres))
    section.footer_distance = Mm(MARGINS["bottom"] - 7 - 5)  # the number stands 7 mm below the type area
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(_LEADING[lang].pt * 20)))
    properties.append(grid)


def _styles(document: Document, lang: str) -> None:
    size, leading = _BODY_SIZE[lang], _LEADING[lang]
    body = document.styles["Normal"]
    _type(body, BODY, size)
    _spacing(body, leading)
    tongues = OxmlElement("w:lang")  # else a program may take characters for traditional or Japanese ones
    tongues.set(qn("w:val"), "en-US")
    tongues.set(qn("w:eastAsia"), "zh-CN")
    for default in document.styles.element.iter(qn("w:lang")):
        default.set(qn("w:eastAsia"), "zh-CN")
    body.element.get_or_add_rPr().append(tongues)
    for name, face in (("Heading 1", LEVEL_ONE), ("Heading 2", LEVEL_TWO), ("Heading 3", BODY), ("Heading 4", BODY)):
        style = document.styles[name]
        _type(style, face, size)
        _spacing(style, leading)
        style.paragraph_format.keep_with_next = True
        _indent(style, size)
    title = document.styles["Title"]
    _type(title, TITLE, SIZES["二号"])
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    _indent(_added(document, "Text of report", BODY, size, leading), size)
    _added(document, "Remark", LEVEL_TWO, min(size, SIZES["小四"]) - 0.5)
    _added(document, "Table text", TABLE, SIZES["五号"])
    _added(document, "Small table text", TABLE, SIZES["小五"])
    _added(document, "Evidence", TABLE, SIZES["五号"])
    caption = document.styles["Caption"]
    _type(caption, LEVEL_ONE, SIZES["小四"])
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(6), Pt(3)


def _added(document: Document, name: str, face: str, size: float, leading: Length | None = None) -> Any:
    style: Any = document.styles.add_style(name, 1)
    style.base_style = document.styles["Normal"]
    _type(style, face, size)
    _spacing(style, leading)
    return style


def _type(style: Any, face: str, size: float) -> None:
    """Face for Chinese and Latin characters, size in points, black."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = LATIN, Pt(size), False, False
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[name]
    for slot, value in (("w:eastAsia", face), ("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:cs", LATIN)):
        fonts.set(qn(slot), value)
    colour = properties.find(qn("w:color"))
    if colour is not None:
        properties.remove(colour)


def _spacing(style: Any, leading: Length | None) -> None:
    """Lines an exact distance apart, or as tight as the type is small."""
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if leading is not None:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, leading
    else:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
        loose = OxmlElement("w:snapToGrid")
        loose.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().insert_element_before(loose, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _indent(style: Any, size: float) -> None:
    """The first line two characters in."""
    layout = style.element.get_or_add_pPr()
    indent = layout.find(qn("w:ind"))
    if indent is None:
        style.paragraph_format.first_line_indent = Pt(2 * size)
        indent = layout.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "200")


def _number_headings(document: Document, lang: str) -> None:
    """Heading styles numbered 一、（一）1.（1） by a list of Word's own, so that an editor's new heading gets its number."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(_NUMBERING_ID))
    abstract.append(_element("w:multiLevelType", "multilevel"))
    for level, (kind, text) in enumerate(_NUMBERS[lang]):
        one = OxmlElement("w:lvl")
        one.set(qn("w:ilvl"), str(level))
        one.append(_element("w:start", "1"))
        one.append(_element("w:numFmt", kind))
        one.append(_element("w:pStyle", f"Heading{level + 1}"))
        one.append(_element("w:suff", "nothing" if lang == "zh" else "space"))
        one.append(_element("w:lvlText", text))
        one.append(_element("w:lvlJc", "left"))
        abstract.append(one)
    numbering.insert(0, abstract)
    instance = OxmlElement("w:num")
    instance.set(qn("w:numId"), str(_NUMBERING_ID))
    instance.append(_element("w:abstractNumId", str(_NUMBERING_ID)))
    numbering.append(instance)
    for level in range(4):
        layout = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        number = OxmlElement("w:numPr")
        number.append(_element("w:ilvl", str(level)))
        number.append(_element("w:numId", str(_NUMBERING_ID)))
        layout._insert_numPr(number)


def _element(tag: str, value: str) -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    return made


def _page_numbers(document: Document) -> None:
    """`— 1 —` in four-point Song type, outside: odd pages right, even pages left, a character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(SIZES["四号"]))
        for kind, text in (("text", "— "), ("begin", ""), ("code", "PAGE"), ("end", ""), ("text", " —")):
            run = paragraph.add_run(text if kind == "text" else "")
            run.font.name, run.font.size = TABLE, Pt(SIZES["四号"])
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TABLE)
            if kind in ("begin", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            elif kind == "code":
                code = OxmlElement("w:instrText")
                code.text = text
                run._r.append(code)
