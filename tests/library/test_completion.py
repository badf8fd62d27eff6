"""Ways to go on typing: filters, the library's names, earlier searches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.library.completion import FIXED_VALUES, MOST_COMPLETIONS, Completion, complete
from desktop_app.library.query_parser import parse_query
from desktop_app.library.query_values import EXAMPLES
from desktop_app.library.search_rows import SavedSearch
from desktop_app.library.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    {
        "camera": ("Apple iPhone 12", "Canon EOS 5D", "My Canon", 'The "Box"'),
        "folder": ("2019", "Holidays by the sea"),
        "date": ("2021", "2020"),
    }
)
SAVED = (SavedSearch("Dogs", "a dog -people"), SavedSearch("Best", "rating:5"))
RECENT = ("a dog runs", "a dog -people", "sunset")


def _complete(typed: str) -> list[Completion]:
    """With the cursor at the bar, or at the end."""
    cursor = typed.find("|") if "|" in typed else len(typed)
    return complete(typed.replace("|", ""), cursor, VOCABULARY, SAVED, RECENT)


def _shown(typed: str) -> list[str]:
    """The texts, with the cursor as a bar."""
    return [f"{c.text[: c.cursor]}|{c.text[c.cursor :]}" for c in _complete(typed)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ca", ["camera:|"]),
        ("a dog CAM", ["a dog camera:|"]),
        ("a dog -ca", ["a dog -camera:|"]),
        ("not:ca", ["not:camera:|"]),
        ("or| a dog", ["orientation:| a dog"]),
        ("c", []),
        ("ca|t", []),
        ('"a ca', []),
        ('"a" ca', ['"a" camera:|']),
        ("not:no", []),
        ("camera:can", ['camera:"Canon EOS 5D" |', 'camera:"My Canon" |']),
        ("camera:box", ['camera:"The ""Box""" |']),
        ('camera:"my c', ['camera:"My Canon" |']),
        ('camera:"my| c" sky', ['camera:"My Canon" |sky']),
        ("camera:can|ada sky", ['camera:"Canon EOS 5D" |sky', 'camera:"My Canon" |sky']),
        ("a -folder:20", ["a -folder:2019 |"]),
        ("date:", ["date:2021 |", "date:2020 |"]),
        ("type:jp", ["type:jpeg |", "type:jpeg2000 |"]),
        ("orientation:port", ["orientation:portrait |"]),
        ("lens:", []),
        ("place:B", []),
        ('"says camera:can', []),
        ("a dog", ["a dog -people|", "a dog runs|"]),
        ("do", ["a dog -people|"]),
        ("rat", ["rating:|"]),
        ("sunset", []),
        ("", ["a dog -people|", "rating:5|", "a dog runs|", "sunset|"]),
    ],
)
def test_what_is_offered(typed: str, shown: list[str]) -> None:
    assert _shown(typed) == shown


def test_saved_searches_are_offered_by_name_and_once() -> None:
    found = _complete("do")
    assert [(c.kind, c.label, c.detail) for c in found] == [("saved", "Dogs", "a dog -people")]
    kinds = [c.kind for c in _complete("")]
    assert kinds == ["saved", "saved", "recent", "recent"]
    assert _complete("ca")[0].detail == EXAMPLES["camera"]


def test_a_list_stays_short() -> None:
    many = Vocabulary({"camera": tuple(f"Camera {n}" for n in range(50))})
    assert len(complete("camera:", 7, many)) == MOST_COMPLETIONS


@pytest.mark.parametrize("key", FIXED_VALUES)
def test_every_fixed_value_is_one(key: str) -> None:
    for value in FIXED_VALUES[key]:
        parse_query(f"{key}:{value}")


@settings(deadline=None)
@given(st.text(alphabet='ac "-:^rmetypdogn|', max_size=25), st.integers(0, 25))
def test_nothing_that_is_typed_does_harm(text: str, cursor: int) -> None:
    for completion in complete(text, min(cursor, len(text)), VOCABULARY, SAVED, RECENT):
        assert 0 < completion.cursor <= len(completion.text)
        assert completion.text.strip() != text.strip()
