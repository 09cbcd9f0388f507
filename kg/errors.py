"""The errors a user can meet; each message names the input, the place in it and what would mend it."""


class IsnadError(Exception):
    """What stops one item; the command line prints it as one line and goes on to the next item."""


class ArticleError(IsnadError):
    """An article that cannot be read: encoding, size, format, metadata."""


class ReadingError(IsnadError):
    """A reading file that is no valid reading of its article."""


class TableError(IsnadError):
    """A row of an authority table or word list that cannot be used."""


class StoreError(IsnadError):
    """A store that is missing, locked or of another version."""


class QueryError(IsnadError):
    """A query that cannot be found, parsed, parameterised or answered."""


class ServerError(IsnadError):
    """A server that cannot start."""


class LinkError(IsnadError):
    """A link that cannot be proposed or decided: a service that fails, or a file of decisions that cannot be used."""
