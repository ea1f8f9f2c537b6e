"""A folder that holds one graph: its layout, what goes in (`ingest`), how it is copied, brought back and checked."""
