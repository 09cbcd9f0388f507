"""The messages between server and worker: a letter for the kind, four bytes of length, the payload."""

import struct

READY, QUERY, HEAD, DATA, END, FAILED = b"R", b"Q", b"H", b"D", b"E", b"F"

HEADER = struct.Struct("!cI")
CPU = struct.Struct("!d")
"""Seconds that the worker has computed in its life, at the end of each answer."""
CHUNK = 1 << 16


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """One message."""
    return HEADER.pack(kind, len(payload)) + payload
