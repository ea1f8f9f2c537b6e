"""How long texts of unusual shape take: characters a second, and how many times longer a text of twice the length takes.

`python -m bench.shapes [--huge] [NAME…]` (all shapes where left out; `--huge` adds 5,000,000 characters of a few).
"""

import random
import sys
from collections.abc import Callable, Sequence
from itertools import count, islice

from bench import seconds
from kg import lexicon, resources
from kg.extract import extract
from kg.model import Document

SIZES = (100_000, 200_000, 400_000)
HUGE = 5_000_000
HUGE_SHAPES = ("no stop", "one word", "names", "report", "figures", "short lines")
BAR, TWICE = 100_000, 2.6
"""Characters a second at least, and the longest that twice the text may take."""
_PLAIN = "园区持续优化营商环境着力提升服务能级"


def _filled(piece: Callable[[int], str], size: int) -> str:
    """Pieces with their number, up to a length."""
    found, length = [], 0
    for number in count(1):
        found.append(piece(number))
        length += len(found[-1])
        if length >= size:
            break
    return "".join(found)[:size]


def _repeated(text: str) -> Callable[[int], str]:
    return lambda size: (text * (size // len(text) + 1))[:size]


def _each(piece: Callable[[int], str], head: str = "") -> Callable[[int], str]:
    return lambda size: head + _filled(piece, size)


def _words(seed: int, joined: str, times: int = 1) -> Callable[[int], str]:
    """Words of the lexicon in a fixed disorder."""

    def text(size: int) -> str:
        chance = random.Random(seed)  # noqa: S311  # a fixed sequence, no secret
        words = sorted({next(iter(row.values())) for name in _tables() for row in lexicon.table(name)})
        return _filled(lambda _: chance.choice(words) * times + (chance.choice(joined) if joined else ""), size)

    return text


def _tables() -> list[str]:
    return sorted(path.stem for path in (resources.data() / "lexicon").glob("*.csv"))


def _report(size: int) -> str:
    return _repeated((resources.data() / "qingpu-2023h1" / "report.txt").read_text(encoding="utf-8"))(size)


_NUMERALS = "一二三四五六七八九十"

SHAPES: dict[str, Callable[[int], str]] = {
    "no stop": _each(lambda n: _PLAIN[n % 9 :]),
    "one word": _repeated("园"),
    "digits": _repeated("1234567890"),
    "names": _each(lambda n: f"甲{n}公司、", "新增企业4家("),
    "short names": _each(lambda n: f"星{'海河湖泽溪'[n % 5]}{n}、", "新增企业9家("),
    "names of one head": _each(lambda n: f"华芯{n}科技有限公司、"),
    "names with and": _each(lambda n: f"启明{n}公司和"),
    "parks of one head": _each(lambda n: f"滨江{n}产业园、"),
    "short names before a count": _each(lambda n: f"云{n}科、" if n % 40 else "等12家企业、"),
    "commas": _each(lambda n: f"推进{_PLAIN[n % 9 :]},"),
    "figures in clauses": _each(lambda n: f"{'甲乙丙丁'[n % 4]}产业产值{n}亿元,"),
    "figures": _each(lambda n: f"{n}家"),
    "rates": _repeated("同比增长"),
    "rates with figures": _each(lambda n: f"营收{n}亿元,同比增长{n % 90}%,"),
    "ranks": _each(lambda n: f"全市第{n % 30 + 1},"),
    "masks": _repeated("XX亿元"),
    "percent": _repeated("%"),
    "round brackets": _repeated("("),
    "brackets amid words": _repeated("园区("),
    "titles never closed": _repeated("《"),
    "titles amid words": _repeated("出台《办法"),
    "quotes never closed": _repeated("“"),
    "quotes amid words": _repeated("“科创"),
    "quoted projects": _each(lambda n: f"“星火{n}”项目、"),
    "and and and": _repeated("和"),
    "with": _repeated("与"),
    "with sides": _each(lambda n: f"启明{n}公司与云帆{n}大学合作"),
    "partners in a row": _each(lambda n: f"启明{n}公司、" if n % 100 else "共建,"),
    "one cooperation": _repeated("启明公司与云帆大学签订合作协议。"),
    "one name": _repeated("启明公司"),
    "one gazetteer name": _repeated("上海市"),
    "one city": _repeated("上海"),
    "periods": _repeated("2023年上半年"),
    "until": _repeated("截至6月"),
    "intents": _repeated("计划将"),
    "dates": _each(lambda n: f"20{n % 30 + 10}年{n % 12 + 1}月"),
    "spaces": _repeated(" "),
    "spaced digits": _repeated("1 "),
    "spaced words": _repeated("园区 12 家"),
    "newlines": _repeated("园\n"),
    "newlines only": lambda size: "园区" + "\n" * size,
    "short lines": _each(lambda n: f"第{n}园\n"),
    "headings": _each(lambda n: f"{_NUMERALS[n % 10]}、园区{n}\n"),
    "inline headings": _each(lambda n: f"一是园区{n};"),
    "policies": _each(lambda n: f"《星火{n}办法》"),
    "policies issued": _each(lambda n: f"出台星火{n}实施办法、"),
    "policy lines": _each(lambda n: f"出台《星火计划第{n}号管理办法》。\n"),
    "stages": _each(lambda n: f"星火{n}项目开工、"),
    "stage lines": _each(lambda n: f"星火{n}项目已开工。\n"),
    "stages of one": _repeated("一期竣工,"),
    "awards": _each(lambda n: f"启明{n}公司获科技进步奖一等奖,"),
    "one award line": _repeated("启明公司获上海市科技进步奖一等奖。\n"),
    "funding": _each(lambda n: f"给予启明{n}公司补贴{n}万元,"),
    "applied": _repeated("申报高新技术企业"),
    "relations": _each(lambda n: f"启明{n}公司投资云帆{n}产业园,"),
    "passives": _repeated("由启明公司运营"),
    "industries": _repeated("集成电路、人工智能等产业"),
    "letters": _repeated("AI"),
    "misread digits": _repeated("2O23年"),
    "page marks": _each(lambda n: f"{n}、园区\n"),
    "each": _repeated("分别为1家、2家"),
    "labels": _repeated("产值:"),
    "lexicon words": _words(1, ""),
    "lexicon words, commas": _words(2, ",、"),
    "lexicon words, marks": _words(3, ",、()“”《》和与1239%\n:;"),
    "lexicon words, stops": _words(4, "。,"),
    "lexicon words thirty times": _words(5, "霭,", 30),
    "report": _report,
}


def main(names: Sequence[str] = (), huge: bool = False) -> None:
    extract(_document("启明公司营收3亿元。"))
    for name in names or SHAPES:
        _shown(name, [_seconds(SHAPES[name](size)) for size in SIZES], SIZES)
        if huge and name in HUGE_SHAPES:
            _shown(name, [_seconds(SHAPES[name](HUGE))], (HUGE,))


def _shown(name: str, taken: list[float], sizes: tuple[int, ...]) -> None:
    ratio = max((b / a for a, b in zip(taken, islice(taken, 1, None), strict=False)), default=0.0)
    rate = sizes[-1] / taken[-1]
    met = "met" if rate >= BAR and ratio <= TWICE else "MISSED"
    print(
        f"shape {name:<28} {rate:>10,.0f} characters a second (bar {BAR:,}), twice the text {ratio:>5.2f} (bar {TWICE}): {met}", flush=True
    )


def _seconds(text: str) -> float:
    return seconds(lambda: extract(_document(text)))


def _document(text: str) -> Document:
    return Document("shape", "shape.txt", "text/plain", text, "0" * 64)


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if name != "--huge"], "--huge" in sys.argv)
