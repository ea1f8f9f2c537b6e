"""Rows of tables and lists to facts."""
