"""Equal and similar photos: found through any index, grouped without chains."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from desktop_app.library.index_control import IndexControl
from desktop_app.library.near_photos import NearPhotos, NearProgress, PhotoGroup
from desktop_app.library.vector_index import VectorIndex
from tests.library.conftest import Workbench, tiles


def finder(bench: Workbench, exact_up_to: int = 1000) -> NearPhotos:
    manifest = bench.encoder.manifest
    index = VectorIndex(
        bench.catalogue.embeddings,
        bench.paths.index_dir,
        manifest.model_id,
        manifest.dim,
        exact_up_to,
    )
    while index.catch_up(1.0):
        pass
    return NearPhotos(bench.catalogue, manifest.model_id, index.search)


def groups_of(near: NearPhotos, least: float) -> list[PhotoGroup]:
    *progress, groups = list(near.near(IndexControl(), least))
    assert all(isinstance(one, NearProgress) for one in progress)
    assert isinstance(groups, list)
    return groups


def names(groups: Sequence[PhotoGroup]) -> list[list[str]]:
    return [[photo.path.name for photo in group.photos] for group in groups]


def test_one_content_at_two_places_is_equal(bench: Workbench, folder: Path) -> None:
    shutil.copy(folder / "chelsea.png", folder / "trip" / "again.png")
    bench.run(folder)
    (group,) = finder(bench).equal()
    assert group.is_equal
    assert {group.photos[0].path.name, *(p.name for p in group.photos[0].other_paths)} == {
        "chelsea.png",
        "again.png",
    }
    (folder / "trip" / "again.png").unlink()
    bench.run(folder)
    assert finder(bench).equal() == []


def test_a_photo_that_was_saved_again_is_near(bench: Workbench, folder: Path) -> None:
    with Image.open(folder / "coffee.png") as photo:
        photo.convert("RGB").resize((300, 200)).save(folder / "small.jpg", quality=60)
        ImageEnhance.Brightness(photo).enhance(1.03).save(folder / "bright.png")
    bench.run(folder)
    (group,) = groups_of(finder(bench), 0.999)
    assert not group.is_equal
    assert {p.path.name for p in group.photos} == {"coffee.png", "small.jpg", "bright.png"}
    assert group.photos[-1].path.name == "small.jpg"  # the largest are first
    assert 0.999 <= group.likeness <= 1
    assert groups_of(finder(bench), 1.01) == []


@pytest.mark.parametrize("exact_up_to", [1000, 0])
def test_groups_are_those_of_every_pair(
    bench: Workbench, tmp_path: Path, demo_photos: dict[str, Path], exact_up_to: int
) -> None:
    """Against the slow and obvious way: every photo compared with every other."""
    tiles([demo_photos["coffee.png"], demo_photos["china.jpg"]], tmp_path / "many", 60)
    bench.run(tmp_path / "many")
    ids = sorted(photo.photo_id for photo in bench.photos())
    _, rows = bench.catalogue.embeddings.vectors(ids, bench.encoder.manifest.model_id)
    cosines: NDArray[np.float32] = rows @ rows.T
    least = float(np.quantile(cosines[~np.eye(len(ids), dtype=bool)], 0.9))
    groups = groups_of(finder(bench, exact_up_to), least)
    grouped = {photo.photo_id for group in groups for photo in group.photos}
    assert len(grouped) == sum(len(group.photos) for group in groups)  # nobody is in two
    for group in groups:
        members = [ids.index(photo.photo_id) for photo in group.photos]
        to_members = cosines[np.ix_(members, members)].min(axis=1)
        assert to_members.max() >= least - 1e-3  # one is near all the others
        assert group.likeness == pytest.approx(float(to_members.max()), abs=2e-2)
    # A photo stays alone only if all that are near it are in groups already.
    for row, photo_id in enumerate(ids):
        if photo_id not in grouped:
            near = np.flatnonzero(cosines[row] >= least + 1e-3)
            assert all(ids[other] in grouped or other == row for other in near)


def test_it_stops_when_told(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    control = IndexControl()
    run = finder(bench).near(control, -1.0)
    assert next(run) == NearProgress(0, 5)
    control.stop()
    assert list(run) == []
