"""Captions: made of labels, cleaned, and grouped."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data.caption_cleaning import RULES, CleanCaptions, CleaningReport, clean_caption
from training.data.caption_groups import CaptionGroup, is_stemmed, read_caption_groups
from training.data.class_captions import LabelCaptions, fill, label_captions, readable_label
from training.data.photo_files import FolderFiles
from training.data.source import CaptionedPhoto, PhotoRecords


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("kitchen", "a kitchen"),
        ("abbey", "an abbey"),
        ("church (outdoor)", "an outdoor church"),
        ("church/indoor", "an indoor church"),
        ("bakery_(shop)", "a bakery shop"),
        ("desert (sand)", "a sand desert"),
        ("tench, Tinca tinca", "a tench"),
        ("shoes", "shoes"),
        ("bus", "a bus"),
        ("hourglass", "an hourglass"),
        ("unicycle", "a unicycle"),
        ("umbrella", "an umbrella"),
        ("euphonium", "a euphonium"),
        ("longsleeve", "a long-sleeved shirt"),
        ("flamingo head", "a head of a flamingo"),
        ("yin yang", "yin yang"),
    ],
)
def test_labels_take_the_article_that_is_spoken(label: str, said: str) -> None:
    assert label_captions(label, ["a {}"]) == (said,)


def test_templates() -> None:
    assert label_captions("abbey", ("{}", "a photo of a {}")) == ("abbey", "a photo of an abbey")
    assert label_captions("shoes", ("{}", "a {}")) == ("shoes",)
    assert readable_label("sea_horse") == "sea horse"
    with pytest.raises(ValueError, match=r"no \{\}"):
        fill("a photo", "abbey")


def test_only_photos_without_captions_get_those_of_their_labels(tmp_path: Path) -> None:
    records = [
        CaptionedPhoto("1", ("mine",), ("abbey",), "train"),
        CaptionedPhoto("2", (), ("abbey", "coast"), "train"),
        CaptionedPhoto("3", (), (), "train"),
    ]
    (tmp_path / "2").write_bytes(b"two")
    photos = PhotoRecords(tmp_path, None, records, FolderFiles(tmp_path))
    captioned = LabelCaptions(photos, ("a {}",))
    assert captioned.photos == (
        records[0],
        replace(records[1], captions=("an abbey", "a coast")),
        records[2],
    )
    assert captioned.caption_owners.tolist() == [0, 1, 1]
    assert captioned.read(1) == b"two"


@pytest.mark.parametrize(
    ("rule", "caption", "clean"),
    [
        ("markup", "a red apron &amp; a <b>cap</b>", "a red apron & a cap"),
        ("markup", "a dog http://example.org/1.jpg runs", "a dog runs"),
        ("characters", "a man’s\u200bhat", "a man's hat"),
        ("spaces", "two   dogs", "two dogs"),
        ("shouting", "A BLACK CAT", "a black cat"),
        ("punctuation", "dogs , cats !!! (and birds )", "dogs, cats! (and birds)"),
        ("doubled words", "a husky jumping jumping over", "a husky jumping over"),
        ("doubled words", "to her her, look", "to her, look"),
        ("boilerplate", "This is a picture of an old car", "an old car"),
        ("boilerplate", "photograph of the sign", "the sign"),
        ("final stop", "A dog runs .", "A dog runs"),
    ],
)
def test_each_rule_of_cleaning(rule: str, caption: str, clean: str) -> None:
    text, applied = clean_caption(caption)
    assert text == clean
    assert rule in applied


@pytest.mark.parametrize(
    "caption",
    [
        "two boys walk hand in hand in the grass",
        "a TV",
        "TV",
        "a man takes a photo of a dog",
        "photos on a wall",
        "a cha cha dance",
        "a well-lit room at 3:30",
        "ok?",
    ],
)
def test_what_says_something_stays(caption: str) -> None:
    assert clean_caption(caption) == (caption, frozenset())


def test_a_caption_of_nothing_but_junk_stays_as_it_was() -> None:
    assert clean_caption(" ... ") == (" ... ", frozenset())


words = st.sampled_from(
    [
        "a",
        "photo",
        "of",
        "PHOTO",
        "dog",
        "dog",
        ".",
        " ,",
        "!!",
        "<b>",
        "&amp;",
        "the",
        "’",
        "(",
        ")",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(words, max_size=14).map(" ".join)))
def test_cleaning_twice_is_cleaning_once(caption: str) -> None:
    once = clean_caption(caption)[0]
    assert clean_caption(once)[0] == once
    assert set(clean_caption(caption)[1]) <= set(RULES)
    if any(c.isalnum() for c in caption):
        assert once


def test_the_report_counts_what_changed(tmp_path: Path) -> None:
    report = CleaningReport()
    assert report.clean(["A dog .", "A dog.", "two cats"]) == ("A dog", "two cats")
    facts = report.to_json()
    assert (facts["captions"], facts["changed"]) == (3, 2)
    assert facts["rules"]["final stop"] == {"changed": 2, "before": "A dog .", "after": "A dog"}
    photos = PhotoRecords(
        tmp_path, None, [CaptionedPhoto("1", ("A dog .",), (), None)], FolderFiles(tmp_path)
    )
    cleaned = CleanCaptions(photos)
    assert cleaned.captions == ["A dog"]
    assert cleaned.report.changed == 1


def test_caption_groups_of_every_kind(tmp_path: Path) -> None:
    flickr = tmp_path / "flickr.tsv.gz"
    with gzip.open(flickr, "wt", encoding="utf-8") as stream:
        stream.write("1.jpg\ttrain\t-\tA dog.\n1.jpg\ttrain\t-\tA dog runs.\n")
        stream.write("2.jpg\tval\t-\tA cat.\n3.jpg\ttrain\ttest\tA test photo.\n")
    assert read_caption_groups(flickr) == [
        CaptionGroup("1.jpg", ("A dog.", "A dog runs."), "train"),
        CaptionGroup("2.jpg", ("A cat.",), "val"),
    ]
    assert len(read_caption_groups(flickr, "train")) == 1
    coco = tmp_path / "coco.tsv"
    coco.write_text("7.jpg\tA black motorcycle.\n7.jpg\ttabl pizza\n8.jpg\tplate piec bread\n")
    assert read_caption_groups(coco) == [CaptionGroup("7.jpg", ("A black motorcycle.",))]
    plain = tmp_path / "plain.txt"
    plain.write_text("a dog\n\na cat\n")
    assert [group.captions for group in read_caption_groups(plain)] == [("a dog",), ("a cat",)]
    coco.write_text("7.jpg\tone\n8.jpg\n")
    with pytest.raises(ValueError, match="line 2: 1 columns"):
        read_caption_groups(coco)
    with pytest.raises(ValueError, match="no captions of the split 'test'"):
        read_caption_groups(flickr, "test")


def test_stemmed_lines_are_told_from_sentences() -> None:
    for stemmed in ("tabl pizza", "three teddi bear sit fake sled fake snow"):
        assert is_stemmed(stemmed)
    for sound in (
        "A white plate topped with pizza.",
        "a person skiing down a snowy hill side.",
        "Two cows grazing together",
        "one black cow sniffing another black cows head",
        "pizza",
    ):
        assert not is_stemmed(sound)
