"""The SPARQL endpoint and the pages, as an ASGI application over killable read-only workers."""
