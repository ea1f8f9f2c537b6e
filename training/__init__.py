"""Labelled sentences, and the script that learns from them how names are chosen."""
