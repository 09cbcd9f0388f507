"""What checks find: findings, counts, and the report that holds them."""

from dataclasses import dataclass

TYPING = ("domain", "range")
"""The checks whose share of statements in order is the conformance rate."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception: the check it fails, the node at fault, and what is wrong with it."""

    check: str
    node: str
    message: str
    message_ar: str | None = None
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One check: how many things were looked at, and the exceptions, of which at most some are listed."""

    name: str
    checked: int
    exceptions: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Conformance:
    """How many statements of domain and range were looked at, and how many of them are in order."""

    statements: int
    conforming: int

    @property
    def rate(self) -> float:
        """From 0 to 1; of no statements all are in order."""
        return self.conforming / self.statements if self.statements else 1.0


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every check with its counts."""

    results: tuple[Result, ...]

    @property
    def exceptions(self) -> int:
        """How many exceptions all checks found."""
        return sum(result.exceptions for result in self.results)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The exceptions of all checks, as far as they are listed."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def conformance(self) -> Conformance:
        """How well subjects and values fit the domains and ranges of the properties between them."""
        results = [result for result in self.results if result.name in TYPING]
        statements = sum(result.checked for result in results)
        return Conformance(statements, statements - sum(result.exceptions for result in results))


Verdict = tuple[Finding, bool]
"""What a check looked at, worded as an exception, and whether it is in order."""
