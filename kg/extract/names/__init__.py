"""Names: where they begin and end, of which class they are, which of them mean one thing."""
