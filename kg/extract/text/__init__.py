"""A text as sentences: marks folded, misread characters repaired, headings and clauses told apart."""
