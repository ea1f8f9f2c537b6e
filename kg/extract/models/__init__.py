"""Readers beside the rules, whose proposals are kept apart."""
