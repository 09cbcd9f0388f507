"""Runs schemathesis against a server of the gold store, by its own OpenAPI description: make fuzz-server."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from serving import starting

from kg.build import build
from kg.shipped import shipped

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("EXAMPLES", "25")


def main() -> int:
    """Report what schemathesis finds; 0 where that is nothing."""
    with tempfile.TemporaryDirectory() as folder, starting() as start:
        build([HERE / "gold", shipped("seeds")], folder)
        server = start(Path(folder), "--workers", "2")
        command = [
            *(
                str(Path(sys.executable).parent / "schemathesis"),
                "--config-file",
                str(HERE / "schemathesis.toml"),
                "run",
            ),
            *(f"{server.address}/openapi.json", "--max-examples", EXAMPLES, "--seed", "1", "--no-color"),
        ]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
