"""Words of closed classes, which Chinese itself is made of whatever a text is about: particles, pronouns, numerals, parts of a date.

All other words that the grammar knows are rows of `data/lexicon`.
"""

OF, DONE, ETC = "的", "了", "等"
AND, WITH, ALSO, AS_WELL, ALONG, OR = "和", "与", "及", "以及", "同", "或"
IN_ROW = f"、{AND}{WITH}{ALSO}"
"""What stands between two things of a row, a character each."""
AS, AT, TO, TOWARD, ONTO, UNTIL, ABOUT = "为", "在", "到", "对", "向", "至到", "关于"
OUT_OF, FROM, SINCE = "由", "从", "自"
IS, WANTED, PASSIVE = "是", "要", "被"
WE, THIS, SAID, ALL, AMONG = "我", "本", "该", "全", "其中"
YEAR, MONTH, DAY, END = "年", "月", "日", "底"
NUMERALS, MAGNITUDES = "一二三四五六七八九十", "十百千万亿"
ORDINAL, PIECE = "第", "个"
