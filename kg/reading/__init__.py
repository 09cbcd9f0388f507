"""Reading: articles into Readings. Nothing here knows RDF."""

from dataclasses import replace

from kg.model import Article, Reading


def read(article: Article) -> Reading:
    """What an article says; the reader is loaded on first use, so that importing it costs nothing."""
    from kg.reading.reader import read as reader

    return reader(dated(article))


def dated(article: Article) -> Article:
    """The article with its day of publication, where nobody gave it and its own text fixes it beyond doubt."""
    from kg.reading.published import infer_published

    if article.published is not None:
        return article
    value, reason = infer_published(article.text)
    return replace(article, published=value, published_how=f"read in the text: {reason}") if value else article
