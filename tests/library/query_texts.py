"""Texts that people may type, and texts that nobody types."""

from __future__ import annotations

from hypothesis import strategies as st

from desktop_app.library.query_values import EXAMPLES

_WORDS = ("a", "dog", "on", "the", "says", "x:y", "10^6", "it's", "-", "--", "R&D:", "Paris")
_QUOTES = ('"red"', "“old town”", '"two ""dogs"""')
_PIECES = (
    '"beach"^2', "-people", "shirt^0.5", '-"a cat"^3',
    "not:cars", "-type:jpeg", "not:has:gps", 'camera:"Canon EOS"', "date:2019..2021-06",
    'photo:"a b.jpg"', "-photo:c.jpg^2", "sort:name", "place:Berlin", 'near:"New York",5',
)  # fmt: skip
_MARKS = (*(f"{key}:" for key in EXAMPLES), "-", '"', "“", "”", "„", "^2", "^", "..", " ", "\t")

likely = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.sampled_from(_QUOTES), st.sampled_from(_PIECES)),
    min_size=3,
    max_size=7,
    unique=True,
).map(" ".join)
"""Queries, their pieces in any order: quotations between words, and filters between both."""
any_text = st.lists(
    st.sampled_from(_MARKS) | st.sampled_from(_WORDS) | st.text(max_size=4), max_size=12
).map("".join)
"""Marks without any sense, and letters of all alphabets."""
texts = likely | any_text
