"""Speeds, printed by ``python -m tests.bench``; no test measures time."""
