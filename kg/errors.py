"""Errors that reach a user: one line that says what is wrong, where, and what to do."""


class KgError(Exception):
    """Root of every error that the `kg` command prints as one line."""


class ReadError(KgError):
    """A file cannot be read as a document."""


class WriteError(KgError):
    """A file cannot be written; what stood there is as before."""


class NoFactsError(KgError):
    """A document was read, and it states nothing that the grammar knows."""


class LexiconError(KgError):
    """A row of the lexicon or of the gazetteer cannot be used."""


class OntologyError(KgError):
    """A term is asked for that the ontology does not define."""


class StoreError(KgError):
    """The store of a workspace cannot be opened, read or written."""


class WorkspaceBusyError(StoreError):
    """Another process is writing the workspace."""


class QueryError(KgError):
    """A query cannot be parsed or evaluated, or a named question does not exist."""


class UsageError(KgError):
    """A command was called with arguments that do not go together (exit status 2)."""


class MappingError(UsageError):
    """A mapping file says what the ontology does not know (exit status 2)."""


class ExtraMissingError(UsageError):
    """A command needs a part of the product that is not installed (exit status 2)."""
