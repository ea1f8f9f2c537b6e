"""Words stand in `data/lexicon`, not in code: runs of Chinese characters in the literals of `kg/` may only become fewer."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTICLES = ROOT / "kg" / "extract" / "text" / "particles.py"
"""Words of closed classes, which are code's own."""
RUNS = 89
"""Runs of Chinese characters in the literals of `kg/` beside those of PARTICLES, docstrings aside."""

_RANGE = re.compile(r"\\u4e00-\\u9fff|\u4e00-\u9fff")
_RUN = re.compile("[\u4e00-\u9fff]+")


def runs(source: str) -> int:
    """Runs of Chinese characters in the string literals of a module; its docstrings and the range of all such characters count none."""
    nodes = list(ast.walk(ast.parse(source)))
    remarks = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    literals = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in remarks)
    return sum(len(_RUN.findall(_RANGE.sub("", text))) for text in literals if isinstance(text, str))


def test_a_run_is_counted_wherever_a_literal_holds_it():
    source = '''"""甲乙"""
WORD = "项目"
"""丙丁"""
MANY = ("企业", f"{WORD}的{WORD}等")
CLASS = r"[\\u4e00-\\u9fff]{2}(?:公司|集团)"  # 戊己
'''
    assert runs(source) == 6  # 项目, 企业, 的, 等, 公司, 集团


def test_words_that_the_grammar_knows_are_rows_of_the_lexicon():
    counts = {path: runs(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "kg").rglob("*.py")) if path != PARTICLES}
    told = "\n".join(f"{count:5} {path.relative_to(ROOT)}" for path, count in sorted(counts.items(), key=lambda of: -of[1]) if count)
    found = sum(counts.values())
    assert found <= RUNS, f"{found} runs of Chinese characters in code, {RUNS} before: make rows of data/lexicon of the new words.\n{told}"
    assert found == RUNS, f"Only {found} runs of Chinese characters are left in code: lower RUNS in {Path(__file__).name} to {found}."
