"""``python -m boligdesk`` and the ``boligdesk`` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from boligdesk.cli.main import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
