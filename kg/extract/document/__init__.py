"""A whole document: what it says of itself, one name for one thing in it, what follows from whose report it is."""
