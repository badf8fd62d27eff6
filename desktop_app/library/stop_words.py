"""English words that name nothing a photo could show."""

from __future__ import annotations

_WORDS = """
    a about above after again against all also am an and another any anything are aren as at be
    because been before being below between both but by can cannot could couldn did didn do does
    doesn doing don down during each either else every everything few for from further had has
    have having he her here hers herself him himself his how i if in into is isn it its itself
    just let may me might more most much must my myself neither no nor not nothing of off on once
    one only or other our ours out over own per photo photograph picture image same shall she
    should shows showing shown so some somebody someone something somewhere still such than that
    the their theirs them themselves then there these they thing things this those through to too
    toward towards under until up upon us very was we were what when where whether which while who
    whom whose why will with within without would you your yours
"""
STOP_WORDS = frozenset(_WORDS.split())
"""In lower case."""


def is_content(word: str) -> bool:
    """Whether a word may name something that is to be seen."""
    return any(c.isalnum() for c in word) and word.casefold() not in STOP_WORDS
