"""What the library said, in the user's language.

The library, the indexer's process and reasons that were stored years ago speak English. Their
sentences are recognised by the templates in ``translations/library_sentences.py``; the values are
taken out, the template is translated, the values are put in again.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from PySide6.QtCore import QCoreApplication

from desktop_app.gui.translations.library_sentences import LIBRARY_SENTENCES

_SAID_BY_OTHERS = frozenset(("message", "reason"))
"""Values that are the library's or the system's words themselves."""


def told(sentence: str) -> str:
    """A sentence, a hint or a bare reason in the user's language; as it is if nobody knows it.

    Callable from any thread.
    """
    translate = QCoreApplication.translate
    exact = translate("library", sentence)
    if exact != sentence or not sentence:
        return exact
    for template, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            # lupdate knows them from library_sentences.py
            words = translate("library", template)
            values = {
                name: told(value) if name in _SAID_BY_OTHERS else value
                for name, value in found.groupdict().items()
            }
            return words.format(**values)
    return sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Templates with what they match, those that say most first."""
    found = []
    for template in map(str, LIBRARY_SENTENCES):  # Qt says `object`
        parts = list(Formatter().parse(template))
        if any(name is not None for _, name, _, _ in parts):
            pattern = "".join(
                re.escape(literal) + (f"(?P<{name}>.+?)" if name is not None else "")
                for literal, name, _, _ in parts
            )
            length = sum(len(literal) for literal, _, _, _ in parts)
            found.append((length, template, re.compile(pattern, re.DOTALL)))
    found.sort(key=lambda entry: -entry[0])
    return tuple((template, pattern) for _, template, pattern in found)
