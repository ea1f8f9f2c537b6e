"""The files of a workspace, by name: the graph (`store`), the files as read (`sources`), decisions on names, the audit log."""

STORE, SOURCES = "store", "sources"
DECISIONS, AUDIT = "decisions.csv", "audit.jsonl"
FOLDERS, SINGLE = (STORE, SOURCES), (DECISIONS, AUDIT)
"""What a workspace and its backup are made of: folders of files, and files beside them."""
INCOMING = "restore.part"
"""What a restore makes before it takes the workspace's place."""
KNOWN_NAMES = "names.sqlite"
"""Names that documents have used so far, made anew from the graph where it is missing."""
MANIFEST = "backup.json"
"""What a backup says of itself."""
