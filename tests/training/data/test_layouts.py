"""Every public layout, written as it is published, is recognised and read alike."""

from __future__ import annotations

import base64
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from training.data.dataset import PhotoDataset
from training.data.opening import open_dataset, recognise
from training.data.source import CaptionedPhoto, PhotoSource

Files = Mapping[str, bytes | str]
Photos = list[bytes]


def write(root: Path, files: Files) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def our_metadata(p: Photos) -> Files:
    rows = [
        {"file": "a/1.jpg", "captions": ["one", "uno"], "labels": [], "split": "train"},
        {"file": "a/2.jpg", "captions": ["two"], "labels": [], "split": "val"},
    ]
    return {"a/1.jpg": p[0], "a/2.jpg": p[1], "metadata.jsonl": lines(*map(json.dumps, rows))}


def flickr8k(p: Photos) -> Files:
    return {
        "Flicker8k_Dataset/1.jpg": p[0],
        "Flicker8k_Dataset/2.jpg": p[1],
        "Flickr8k_text/Flickr8k.token.txt": lines(
            "1.jpg#0\tone", "1.jpg#1\tuno", "2.jpg#0\ttwo", "gone.jpg.1#0\tnot there"
        ),
        "Flickr8k_text/Flickr_8k.trainImages.txt": lines("1.jpg"),
        "Flickr8k_text/Flickr_8k.devImages.txt": lines("2.jpg"),
        "Flickr8k_text/Flickr_8k.testImages.txt": "",
        "__MACOSX/Flicker8k_Dataset/._1.jpg": b"no photo",
    }


def flickr30k_csv(p: Photos) -> Files:
    return {
        "flickr30k_images/1.jpg": p[0],
        "flickr30k_images/2.jpg": p[1],
        # the second line of a photo lacks its second bar, as one does in the published file
        "results.csv": lines(
            "image_name| comment_number| comment",
            '1.jpg| 0| one "big" thing',
            "1.jpg| 4   uno",
            "2.jpg| 0| two",
        ),
    }


def flickr30k_tokens(p: Photos) -> Files:
    return {
        "flickr30k-images/1.jpg": p[0],
        "flickr30k-images/2.jpg": p[1],
        "results_20130124.token": lines("1.jpg#0\tone", "1.jpg#1\tuno", "2.jpg#0\ttwo"),
    }


def karpathy(p: Photos) -> Files:
    images = [
        {
            "filepath": "val2014",
            "filename": "1.jpg",
            "split": "restval",
            "sentences": [{"raw": "one", "tokens": ["one"]}, {"raw": "uno"}],
        },
        {"filepath": "val2014", "filename": "2.jpg", "split": "val", "sentences": [{"raw": "two"}]},
    ]
    return {
        "val2014/1.jpg": p[0],
        "val2014/2.jpg": p[1],
        "train2014/2.jpg": p[2],
        "dataset_coco.json": json.dumps({"images": images, "dataset": "coco"}),
    }


def coco(p: Photos) -> Files:
    def part(file: str, *captions: str) -> str:
        annotations = [{"image_id": 7, "id": i, "caption": c} for i, c in enumerate(captions)]
        return json.dumps({"images": [{"id": 7, "file_name": file}], "annotations": annotations})

    return {
        "train2017/1.jpg": p[0],
        "val2017/1.jpg": p[1],
        "annotations/captions_train2017.json": part("1.jpg", "one", "uno"),
        "annotations/captions_val2017.json": part("1.jpg", "two\n"),
    }


def table_csv(p: Photos) -> Files:
    return {
        "captions.csv": lines(
            "image,caption,split", "1.jpg,one,train", "1.jpg,uno,train", '2.jpg,"two",validation'
        ),
        "Images/1.jpg": p[0],
        "Images/2.jpg": p[1],
    }


def table_jsonl(p: Photos) -> Files:
    rows = [
        {"image": "1.jpg", "captions": ["one", "uno"], "split": "train"},
        {"image": "2.jpg", "text": "two", "split": "dev"},
    ]
    return {"list.jsonl": lines(*map(json.dumps, rows)), "1.jpg": p[0], "2.jpg": p[1]}


def base64_jsonl(p: Photos) -> Files:
    def row(key: str, photo: bytes) -> str:
        return f"{key}\t{base64.b64encode(photo).decode()}"

    texts = [
        {"text_id": 1, "text": "one", "image_ids": ["10/x"]},
        {"text_id": 2, "text": "uno", "image_ids": ["10/x", "not there"]},
    ]
    return {
        "train_imgs.tsv": lines(row("10/x", p[0])),
        "train_texts.jsonl": lines(*map(json.dumps, texts)),
        "valid_imgs.tsv": lines(
            f"20\t{base64.urlsafe_b64encode(p[1]).decode()}",
        ),
        "valid_texts.tsv": lines("20\ttwo"),
    }


CAPTIONED = (
    our_metadata,
    flickr8k,
    flickr30k_csv,
    flickr30k_tokens,
    karpathy,
    coco,
    table_csv,
    table_jsonl,
    base64_jsonl,
)
LAYOUT_NAMES = {
    "our_metadata": "metadata.jsonl",
    "flickr8k": "Flickr token file",
    "flickr30k_csv": "Flickr30k results.csv",
    "flickr30k_tokens": "Flickr token file",
    "karpathy": "Karpathy JSON",
    "coco": "MS-COCO captions",
    "table_csv": "table of captions",
    "table_jsonl": "table of captions",
    "base64_jsonl": "Base64 rows",
}
WITHOUT_SPLITS = ("flickr30k_csv", "flickr30k_tokens")


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", CAPTIONED)
def test_every_layout_gives_the_same_records(
    layout: Callable[[Photos], Files], zipped: bool, jpegs: Photos, tmp_path: Path
) -> None:
    path = write(tmp_path / "set", layout(jpegs))
    if zipped:
        path = tmp_path / "set.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in layout(jpegs).items():
                archive.writestr(name, content)
    assert recognise(path)[0].name == LAYOUT_NAMES[layout.__name__]
    photos: PhotoSource = open_dataset(path)
    first = 'one "big" thing' if layout is flickr30k_csv else "one"
    assert [photo.captions for photo in photos.photos] == [(first, "uno"), ("two",)]
    # backwards too: a stream that only goes on would give the wrong row
    assert [photos.read(1), photos.read(0)] == [jpegs[1], jpegs[0]]
    assert photos.open(1).mode == "RGB"
    assert photos.pixels(1, 16).shape == (3, 16, 16)
    assert photos.caption_owners.tolist() == [0, 0, 1]
    if layout.__name__ in WITHOUT_SPLITS:
        assert {photo.split for photo in photos.photos} == {None}
        return
    assert [photo.split for photo in photos.photos] == ["train", "val"]
    assert open_dataset(path, "val").captions == ["two"]
    with pytest.raises(ValueError, match="no photos of the split 'test'"):
        open_dataset(path, "test")


def test_one_annotation_file_can_be_named(jpegs: Photos, tmp_path: Path) -> None:
    root = write(tmp_path, {**coco(jpegs), **flickr30k_csv(jpegs)})
    named = open_dataset(root / "annotations" / "captions_val2017.json")
    assert [(photo.file, photo.captions) for photo in named.photos] == [("val2017/1.jpg", ("two",))]
    assert len(open_dataset(root / "results.csv")) == 2


def test_class_folders_become_labels_with_and_without_splits(jpegs: Photos, tmp_path: Path) -> None:
    plain = {"cats/1.jpg": jpegs[1], "church_outdoor/2.jpg": jpegs[4], "readme.txt": "hello"}
    photos = open_dataset(write(tmp_path / "plain", plain))
    assert [(p.file, p.labels, p.split) for p in photos.photos] == [
        ("cats/1.jpg", ("cats",), None),
        ("church_outdoor/2.jpg", ("church outdoor",), None),
    ]
    assert photos.open(0).size == (48, 48)
    split = {
        "imagenette/train/n1_tench, Tinca/1.jpg": jpegs[0],
        "imagenette/val/church/2.jpg": jpegs[1],
    }
    wrapped = open_dataset(write(tmp_path / "split", split))
    assert [(p.labels, p.split) for p in wrapped.photos] == [
        (("n1 tench",), "train"),
        (("church",), "val"),
    ]
    one_split = {"train/cat/1.jpg": jpegs[0], "train/dog/2.jpg": jpegs[1]}
    assert {p.split for p in open_dataset(write(tmp_path / "one", one_split)).photos} == {"train"}


def test_nus_wide_lists_hold_categories_and_tags(jpegs: Photos, tmp_path: Path) -> None:
    files = {f"Flickr/{name}.jpg": photo for name, photo in zip("abcd", jpegs, strict=False)}
    lists = {
        "classes.txt": lines("animal", "clouds", "flowers"),
        "train_img.txt": lines("Flickr\\a.jpg", "b.jpg"),
        "train_label.txt": lines("0", "2"),
        "train_tags.txt": "cat cute\n\n",
        "val_img.txt": lines("Flickr/c.jpg"),
        "val_label.txt": lines("0 1 1"),
        "test_img.txt": lines("Flickr/d.jpg"),
        "test_label.txt": lines("animal,clouds"),
    }
    photos = open_dataset(write(tmp_path, {**files, **lists}))
    by_file = {photo.file[-5]: photo for photo in photos.photos}
    assert by_file["a"] == CaptionedPhoto("Flickr/a.jpg", ("cat cute",), ("animal",), "train")
    assert (by_file["b"].captions, by_file["b"].labels) == ((), ("flowers",))
    assert (by_file["c"].labels, by_file["c"].split) == (("clouds", "flowers"), "val")
    assert (by_file["d"].labels, by_file["d"].split) == (("animal", "clouds"), "test")
    (tmp_path / "train_label.txt").write_text("0\n")
    with pytest.raises(ValueError, match="has 2 lines"):
        open_dataset(tmp_path)


def test_a_tsv_of_base64_is_not_held_in_memory(jpegs: Photos, tmp_path: Path) -> None:
    encoded = base64.b64encode(jpegs[0]).decode()
    rows = 400
    write(tmp_path, {"imgs.tsv": "".join(f"{i}\t{encoded}\n" for i in range(rows))})
    photos = open_dataset(tmp_path)
    assert len(photos) == rows
    assert photos.read(rows - 1) == jpegs[0]
    tracemalloc.start()
    open_dataset(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < (tmp_path / "imgs.tsv").stat().st_size


def test_what_is_wrong_is_said(jpegs: Photos, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no photo set"):
        open_dataset(tmp_path / "nothing")
    with pytest.raises(ValueError, match="known here"):
        open_dataset(write(tmp_path / "empty", {"notes.md": "hello"}))
    gone = write(tmp_path / "gone", {"captions.csv": "image,caption\n1.jpg,one\n"})
    with pytest.raises(ValueError, match=r"none of their 1 photos \(such as 1.jpg\)"):
        open_dataset(gone)
    broken = {"1.jpg": jpegs[0], "Flickr8k.token.txt": "1.jpg#0 no tab\n"}
    with pytest.raises(ValueError, match=r"Flickr8k.token.txt line 1"):
        open_dataset(write(tmp_path / "broken", broken))
    row = {"imgs.tsv": "1\tno base64!\n"}
    with pytest.raises(ValueError, match="base64"):
        open_dataset(write(tmp_path / "row", row)).read(0)
    json_file = {"dataset_coco.json": '{"images": [{}]}', "1.jpg": jpegs[0]}
    with pytest.raises(ValueError, match="Karpathy"):
        open_dataset(write(tmp_path / "json", json_file))


def test_photo_dataset_reads_what_open_dataset_reads(jpegs: Photos, tmp_path: Path) -> None:
    root = write(tmp_path, our_metadata(jpegs))
    old, new = PhotoDataset(root, "train"), open_dataset(root, "train")
    assert old.photos == new.photos
    assert np.array_equal(old.pixels(0, 32), new.pixels(0, 32))
