"""Words that tell how far a building site has come (`data/lexicon/stages.csv`)."""

import re
from functools import cache

from kg.lexicon import any_word, pattern_text, word_pattern


@cache
def stage_words() -> re.Pattern[str]:
    """Any of them, the longest first, or the completion of a phase (`完成二期工程`)."""
    return re.compile(f"{any_word('stages')}|{pattern_text('phase_completed')}")


@cache
def sure_stage_words() -> re.Pattern[str]:
    """Those that tell of a stage wherever they stand: not `加快建设`, which may be a promise."""
    return word_pattern("stages", only="")
