"""The log: one line of JSON for each thing that happened, on standard error."""

import json
import logging
import sys
import time
from collections.abc import Mapping
from typing import Any


def log(record: Mapping[str, Any]) -> None:
    """Write one line."""
    sys.stderr.write(json.dumps({"time": round(time.time(), 3), **record}, ensure_ascii=False) + "\n")


class Lines(logging.Handler):
    """Writes what libraries log in lines of the same kind."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, its exception in it."""
        log({"log": "server", "level": record.levelname.lower(), "message": self.format(record)})
