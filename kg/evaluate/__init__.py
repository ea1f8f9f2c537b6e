"""How well extracted facts agree with facts written by hand."""

from kg.evaluate.scores import Score, Verdict, evaluate

__all__ = ["Score", "Verdict", "evaluate"]
