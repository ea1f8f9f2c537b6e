"""Words stand in `data/lexicon`, not in code: runs of Chinese characters in the literals of `kg/` may only become fewer."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTICLES = Path("kg/extract/text/particles.py")
"""Words of closed classes, which are code's own."""
RUNS, RUNS_OF_PARTICLES = 88, 66
"""Runs of Chinese characters in the literals of `kg/`, docstrings aside: beside those of PARTICLES, and there."""
RUNS_OF_PAGES = 2
"""Lines of `web/src/` that hold Chinese characters, remarks aside: words of pages stand in templates and in what the page is given."""

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_RANGE, _RUN = re.compile("[\u3400\u4e00]-\u9fff"), re.compile("[\u4e00-\u9fff]+")


def runs(source: str) -> int:
    """Runs of Chinese characters in the string literals of a module; its docstrings and the range of all such characters count none."""
    nodes = list(ast.walk(ast.parse(source)))
    remarks = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    literals = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in remarks)
    read = (_ESCAPE.sub(lambda code: chr(int(code[1] or code[2], 16)), text) for text in literals if isinstance(text, str))
    return sum(len(_RUN.findall(_RANGE.sub("", text))) for text in read)


def test_a_run_is_counted_wherever_a_literal_holds_it():
    source = '''"""甲乙"""
WORD = "项目"
"""丙丁"""
MANY = ("企业", f"{WORD}的{WORD}等")
CLASS = r"[\\u4e00-\\u9fff]{2}(?:公司|集团)"  # 戊己
SPELT = r"\\u4f01\\u4e1a" + "\\u56ed\\u533a" + r"\\U00004f01"
'''
    assert runs(source) == 9  # 项目, 企业, 的, 等, 公司, 集团, 企业, 园区, 企


def test_words_that_the_grammar_knows_are_rows_of_the_lexicon():
    counts = {path.relative_to(ROOT): runs(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "kg").rglob("*.py"))}
    of_particles = counts.pop(PARTICLES)
    told = "\n".join(f"{count:5} {path}" for path, count in sorted(counts.items(), key=lambda of: -of[1]) if count)
    for found, before, where in ((sum(counts.values()), RUNS, f"code:\n{told}"), (of_particles, RUNS_OF_PARTICLES, str(PARTICLES))):
        assert found <= before, f"New words are rows of data/lexicon: {found} runs of Chinese characters, {before} before, in {where}"
        assert found == before, f"Only {found} of {before} runs of Chinese characters are left: lower it here, for {where}"


def coded(source: str) -> list[str]:
    """Lines of a module in JavaScript or TypeScript without its remarks, those that hold Chinese characters."""
    bare = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", source, flags=re.DOTALL)
    return [line for line in bare.splitlines() if _RUN.search(line)]


def test_a_line_is_counted_where_code_holds_a_word_and_no_remark_does():
    source = "/** 甲 */\nconst a = '乙'; // 丙\n/* 丁\n戊 */ f(`http://己`);\n"
    assert coded(source) == ["const a = '乙'; ", " f(`http://己`);"]


def test_words_of_pages_stand_in_templates():
    files = [path for kind in ("*.ts", "*.js") for path in sorted((ROOT / "web" / "src").rglob(kind))]
    found = [f"{path.name}: {line.strip()}" for path in files for line in coded(path.read_text(encoding="utf-8"))]
    assert len(found) <= RUNS_OF_PAGES, f"New words of pages stand in the templates: {found}"
    assert len(found) == RUNS_OF_PAGES, f"Lower the number here: {found}"
