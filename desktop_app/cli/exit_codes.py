"""What a command answers to the shell."""

from __future__ import annotations

KNOWN_ERROR = 1
USAGE = 2
BUG = 70
INTERRUPTED = 130
