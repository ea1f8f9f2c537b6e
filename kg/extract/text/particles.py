"""Words of closed classes, which Chinese itself is made of whatever a text is about: particles, pronouns, numerals, parts of a date.

All other words that the grammar knows are rows of `data/lexicon`.
"""

OF, DONE, ETC = "的", "了", "等"
ASPECTS, COMPLEMENTS = "了过", ("了", "得", "的", "到")
AND, WITH, ALSO, AS_WELL, ALONG, OR, WHILE = "和", "与", "及", "以及", "同", "或", "暨"
IN_ROW = f"、{AND}{WITH}{ALSO}"
"""What stands between two things of a row, a character each."""
AS, AT, TO, TOWARD, ONTO, UNTIL, ABOUT = "为", "在", "到", "对", "向", "至到", "关于"
OUT_OF, FROM, SINCE = "由", "从", "自"
IS, WANTED, PASSIVE, NOT_YET = "是", "要", "被", "未"
BY = ("经", OUT_OF)
BEFORE_VERBS = "以已还将拟"
"""Words before the verb of a clause, a character each."""
PREPOSITIONS = frozenset("由与将被让把对从给继为经在同跟据")
BEFORE_PLACES = frozenset("为在被让把给")
"""Prepositions with which no place begins."""
WE, THIS, SAID, ALL, AMONG = "我", "本", "该", "全", "其中"
DETERMINERS = tuple("全我本该历近首去今唯最各其")
SOME, SEVERAL = "某", "数"

YEAR, MONTH, DAY, END = "年", "月", "日", "底"
DATE_PARTS = (YEAR, MONTH, DAY)
NUMERALS, MAGNITUDES = "一二三四五六七八九十", "十百千万亿"
DIGITS, TWO, TENS, GROUPS = "零一二三四五六七八九", "两", "十百千", "万亿"
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
SPOKEN_NUMERALS = "一二三四五六七八九十百千两零〇"
PLAIN_NUMERALS = str.maketrans("两〇", "二零")
"""Numerals as one says them → as one reckons with them."""
YEAR_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
MONTHS_OF_YEAR = (*NUMERALS, "十一", "十二")
ORDINAL, PIECE, POINT = "第", "个", "点"
THINGS = "个项"
"""Measure words of things of any kind."""
