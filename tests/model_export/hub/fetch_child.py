"""Looks a checkpoint up and fetches it: the hub's client reads its address when it is imported."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from desktop_app.errors import AppError
from model_export.hub.checkpoint import Checkpoint


def main(name: str) -> int:
    checkpoint = Checkpoint(name)
    try:
        facts = checkpoint.facts()
        print(json.dumps(asdict(facts)), flush=True)
        print(json.dumps(str(checkpoint.fetch())))
    except AppError as error:
        print(json.dumps(error.message))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
