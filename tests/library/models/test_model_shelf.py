"""Bundles come in from folders and archives, whole or not at all, and go out again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from desktop_app.errors import ModelError, ModelMismatch, ModelMissing, UsageError
from desktop_app.inference.bundle import MANIFEST_NAME, ModelBundle, describe_file
from desktop_app.library.models.model_shelf import SHIPPED, ModelShelf
from tests.twin_bundle import write_twin


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory, model_dir: Path) -> Path:
    folder = tmp_path_factory.mktemp("twin") / "twin"
    write_twin(model_dir, folder)
    (folder / "MODEL_CARD.md").write_text("about it")
    (folder / "stray.bin").write_bytes(b"of no use")
    return folder


@pytest.fixture
def shelf(tmp_path: Path, model_dir: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "models", model_dir)


def names(shelf: ModelShelf) -> list[str]:
    return [model.name for model in shelf.all()]


def test_a_folder_is_copied_with_what_belongs_to_it(shelf: ModelShelf, twin: Path) -> None:
    assert names(shelf) == [SHIPPED]
    added = shelf.take_in(twin)
    assert (added.name, added.is_shipped) == ("twin", False)
    assert names(shelf) == [SHIPPED, "twin"]
    found = {path.name for path in shelf.find("twin").folder.iterdir()}
    assert found == {*ModelBundle.open(twin).manifest.files, MANIFEST_NAME, "MODEL_CARD.md"}
    assert shelf.remove("twin") > 1_000_000
    assert names(shelf) == [SHIPPED]


def test_out_as_one_file_and_in_again(shelf: ModelShelf, twin: Path, tmp_path: Path) -> None:
    shelf.take_in(twin, "my-twin")
    sha256 = shelf.hand_out("my-twin", tmp_path / "out.zip")
    assert sha256 == describe_file(twin / MANIFEST_NAME).sha256
    with pytest.raises(ModelMismatch, match=f"SHA-256 {sha256}, not the one"):
        shelf.take_in(tmp_path / "out.zip", "another", "0" * 64)
    shelf.take_in(tmp_path / "out.zip", "another", sha256.upper())
    one, other = (ModelBundle.open(shelf.find(name).folder) for name in ("my-twin", "another"))
    assert one.manifest == other.manifest
    assert (other.folder / "MODEL_CARD.md").read_text() == "about it"
    assert not list(tmp_path.glob("*.tmp"))


def test_an_archive_of_the_folder_itself_is_taken_too(
    shelf: ModelShelf, twin: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        for path in twin.iterdir():
            archive.write(path, f"a folder/{path.name}")
    assert shelf.take_in(tmp_path / "packed.zip").name == "twin"


def archive_of(folder: Path, target: Path, **changed: bytes) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.iterdir():
            data = changed.pop(path.stem, None)
            archive.writestr(path.name, path.read_bytes() if data is None else data)
    return target


def manifest_with(twin: Path, **changes: object) -> bytes:
    stored = json.loads((twin / MANIFEST_NAME).read_text())
    return json.dumps({**stored, **changes}).encode()


def test_what_is_not_whole_is_refused_and_leaves_nothing(
    shelf: ModelShelf, twin: Path, tmp_path: Path
) -> None:
    other = bytearray((twin / "tokenizer.json").read_bytes())
    other[-20] ^= 1
    files = json.loads((twin / MANIFEST_NAME).read_text())["files"]
    refused = {
        "damaged": archive_of(twin, tmp_path / "1.zip", tokenizer=bytes(other)),
        "another size": archive_of(twin, tmp_path / "2.zip", tokenizer=b"{}"),
        "lacks the file gone.bin": archive_of(
            twin,
            tmp_path / "3.zip",
            manifest=manifest_with(
                twin, files={**files, "gone.bin": {"size_bytes": 1, "sha256": "00"}}
            ),
        ),
        "id that does not belong": archive_of(
            twin, tmp_path / "4.zip", manifest=manifest_with(twin, model_id="31d9ed47c3fcfac5")
        ),
        "no name of a file": archive_of(
            twin,
            tmp_path / "5.zip",
            manifest=manifest_with(
                twin, files={**files, "../../evil": {"size_bytes": 1, "sha256": "00"}}
            ),
        ),
        "too large to be one": archive_of(twin, tmp_path / "6.zip", manifest=b" " * 4_000_001),
        "cannot be read": archive_of(twin, tmp_path / "7.zip", manifest=b"{}"),
    }
    for words, path in refused.items():
        with pytest.raises(ModelError, match=words):
            shelf.take_in(path)
    (tmp_path / "no.zip").write_bytes(b"not a zip at all")
    with pytest.raises(ModelMismatch, match="no archive of a model bundle"):
        shelf.take_in(tmp_path / "no.zip")
    with pytest.raises(ModelMissing, match="holds no model bundle"):
        shelf.take_in(tmp_path)
    with pytest.raises(ModelMissing, match="does not exist"):
        shelf.take_in(tmp_path / "nothing.zip")
    assert list(shelf.folder.iterdir()) == []


def test_names_are_free_and_plain(shelf: ModelShelf, twin: Path) -> None:
    assert shelf.free_name("openai/CLIP ViT-B/32") == "32"
    assert shelf.free_name("google/SigLIP base (2)") == "siglip-base-2"
    for name in ("", "visita", "///"):
        with pytest.raises(UsageError):
            shelf.free_name(name)
    with pytest.raises(UsageError):
        shelf.path_of("../elsewhere")
    shelf.take_in(twin, "twin")
    with pytest.raises(UsageError, match="already"):
        shelf.take_in(twin, "twin")
    with pytest.raises(ModelMissing, match="no model other"):
        shelf.find("other")
    with pytest.raises(UsageError, match="came with VisITA stays"):
        shelf.remove(SHIPPED)


def test_a_manifest_that_cannot_be_read_is_listed_with_its_reason(
    shelf: ModelShelf, twin: Path
) -> None:
    shelf.take_in(twin)
    (shelf.folder / "twin" / MANIFEST_NAME).write_text("{}")
    (shelf.folder / ".making-left-over").mkdir()
    [_, broken] = shelf.all()
    assert (broken.name, broken.manifest) == ("twin", None)
    assert "cannot be read" in broken.problem
