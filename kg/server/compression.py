"""gzip for callers that take it: `gzip;q=0` refuses it, which a search for the word would miss."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Message, Receive, Scope, Send

from kg.server.formats import media_ranges

CODING = "Accept-Encoding"


class Gzip(GZipMiddleware):
    """Compresses what is worth it, for a caller whose weight for gzip is above 0."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what the caller takes told in one word."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if CODING not in headers.get("vary", ""):
                    headers.add_vary_header(CODING)
            await send(message)

        if not takes_gzip(", ".join(Headers(scope=scope).getlist(CODING))):
            await self.app(scope, receive, varying)
            return
        others = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await super().__call__({**scope, "headers": [*others, (b"accept-encoding", b"gzip")]}, receive, varying)


def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header names gzip, or any encoding, with a weight above 0."""
    weights = dict(reversed(media_ranges(header))) if header.strip() else {}
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0
