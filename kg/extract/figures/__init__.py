"""What figures measure, of what, when."""
