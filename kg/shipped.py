"""Where the folders that ship with the package lie: beside kg/ in a checkout, inside it in a wheel."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder `ontology`, `queries` or `seeds`."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / name
    return checkout if checkout.is_dir() else package / "shipped" / name
