"""Reading: articles into Readings. Nothing here knows RDF."""

from kg.model import Article, Reading


def read(article: Article) -> Reading:
    """What an article says; the reader is loaded on first use, so that importing it costs nothing."""
    from kg.reading.reader import read as reader

    return reader(article)
