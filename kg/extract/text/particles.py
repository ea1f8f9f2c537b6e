"""Words of closed classes, which Chinese itself is made of whatever a text is about: particles, numerals, parts of a date.

All other words that the grammar knows are rows of `data/lexicon`.
"""

OF, DONE, ETC = "的", "了", "等"
AND, WITH, ALSO, AS_WELL = "和", "与", "及", "以及"
IN_ROW = f"、{AND}{WITH}{ALSO}"
"""What stands between two things of a row, a character each."""
AT, TOWARD, ONTO, UNTIL = "在", "对", "向", "至到"
OUT_OF, FROM, SINCE = "由", "从", "自"
IS, WANTED, PASSIVE = "是", "要", "被"
WE, SAID, ALL = "我", "该", "全"
YEAR, MONTH, DAY = "年", "月", "日"
NUMERALS = "一二三四五六七八九十"
