"""Words that tell how far a building site has come (`data/lexicon/stages.csv`)."""

import re
from functools import cache

from kg import lexicon


@cache
def stage_words() -> re.Pattern[str]:
    """Any of them, the longest first, or the completion of a phase (`完成二期工程`)."""
    return re.compile(f"{lexicon.any_of(lexicon.words('stages'))}|{lexicon.clause_pattern('phase_completed').pattern}")


@cache
def sure_stage_words() -> re.Pattern[str]:
    """Those that tell of a stage wherever they stand: not `加快建设`, which may be a promise."""
    return re.compile(lexicon.any_of(lexicon.words("stages", only="")))
