"""What a sentence says by single words: figures, times, money, stages of building."""
