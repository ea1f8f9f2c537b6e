"""What is found, as tables, lines and words that a person reads."""
