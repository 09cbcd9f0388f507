"""gzip for callers that take it: `gzip;q=0` refuses it, which a search for the word would miss."""

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from kg.server.formats import media_ranges


class Gzip(GZipMiddleware):
    """Compresses what is worth it, for a caller whose weight for gzip is above 0."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what the caller takes told in one word."""
        if scope["type"] == "http":
            taken = b"gzip" if takes_gzip(", ".join(Headers(scope=scope).getlist("accept-encoding"))) else b"identity"
            others = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": [*others, (b"accept-encoding", taken)]}
        await super().__call__(scope, receive, send)


def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header names gzip, or any encoding, with a weight above 0."""
    weights = dict(reversed(media_ranges(header))) if header.strip() else {}
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0
