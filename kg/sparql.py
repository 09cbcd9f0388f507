"""The tokens of SPARQL text, as its grammar defines them: what is a keyword, and what is inside a string or an IRI."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PREFIX = r"[^\W\d_](?:[\w.\u00b7-]*[\w\u00b7-])?"
_LOCAL_CHAR = r"(?:[\w:\u00b7-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?#@%])"
_LOCAL = rf"{_LOCAL_CHAR}(?:\.*{_LOCAL_CHAR})*"

_GRAMMAR = (
    ("space", r"[ \t\r\n]+|#[^\r\n]*"),
    ("string", r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""' + r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"),
    ("string", r'"(?:[^"\\\r\n]|\\.)*"' + r"|'(?:[^'\\\r\n]|\\.)*'"),
    ("iri", rf'<(?:[^\x00-\x20<>"{{}}|^`\\]|{_ESCAPE})*>'),
    ("variable", r"[?$]\w+"),
    ("tag", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?"),
    ("blank", r"_:\w(?:[\w.\u00b7-]*[\w\u00b7-])?"),
    ("name", rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
    ("number", r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"),
    ("word", r"[A-Za-z_]\w*"),
    ("sign", r"<<|>>|<=|>=|!=|&&|\|\||\^\^|[^\s]"),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}{number}>{form})" for number, (kind, form) in enumerate(_GRAMMAR)), re.DOTALL)
_KINDS = {f"{kind}{number}": kind for number, (kind, _) in enumerate(_GRAMMAR)}


class Token(NamedTuple):
    """`text[start:end]` of a query; kind is one of string, iri, variable, tag, blank, name, number, word and sign."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query, spaces and comments left out; text that is no SPARQL comes as signs."""
    for match in _TOKEN.finditer(query):
        kind = _KINDS[match.lastgroup or ""]
        if kind != "space":
            yield Token(kind, match.group(), match.start())


def unescaped(query: str) -> str:
    """Return the text with its codepoint escapes written out, as SPARQL 1.1 reads a query before its grammar."""
    return re.sub(_ESCAPE, lambda match: _character(match.group()), query)


def _character(escape: str) -> str:
    code = int(escape[2:], 16)
    return chr(code) if code <= 0x10FFFF else escape


def column_order(query: str, columns: Sequence[str]) -> list[str]:
    """Return the columns of a SELECT * in the order in which the query names them; the engine sorts them by name."""
    listed = list(tokens(query))
    words = [token.text.upper() for token in listed]
    start = words.index("SELECT") + 1 if "SELECT" in words else len(words)
    if "*" not in words[start : start + 2]:
        return list(columns)
    named = list(dict.fromkeys(token.text[1:] for token in listed if token.kind == "variable"))
    return sorted(columns, key=lambda column: named.index(column) if column in named else len(named))


def position(query: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    return query.count("\n", 0, offset) + 1, offset - query.rfind("\n", 0, offset)
