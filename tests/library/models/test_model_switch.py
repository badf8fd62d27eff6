"""One model answers while photos are shown to the next; both sets of embeddings may exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import ModelMissing, UsageError
from desktop_app.inference.bundle import ModelBundle
from desktop_app.library import schema
from desktop_app.library.index_control import IndexControl
from desktop_app.library.indexer import Indexer, IndexerOptions
from desktop_app.library.models.model_choice import ModelChoice
from desktop_app.library.models.model_shelf import SHIPPED, ModelShelf
from desktop_app.library.models.model_switch import ModelSwitch
from desktop_app.library.models.successor import Successor
from desktop_app.library.records import IndexProgress, IndexSummary
from desktop_app.library.schema import MIGRATIONS, Database, _model_schema
from desktop_app.library.vector_index import VectorIndex
from desktop_app.settings import Settings
from tests.fakes import ColourEncoder
from tests.library.conftest import Workbench
from tests.twin_bundle import write_twin

FIRST = "colour-encoder-1"
SECOND = "colour-encoder-2"


def run_with(
    bench: Workbench,
    next_encoder: ColourEncoder,
    *folders: Path,
    taken_over: list[str],
    control: IndexControl | None = None,
    kept: tuple[str, ...] = (FIRST, SECOND),
) -> IndexSummary:
    indexer = Indexer(
        bench.catalogue,
        bench.decoder,
        bench.encoder,
        bench.thumbnails,
        IndexerOptions(bench.paths, 2, 2, 2, kept_models=kept),
        Successor(
            next_encoder.manifest,
            lambda: next_encoder,
            lambda: taken_over.append(next_encoder.manifest.model_id),
        ),
    )
    events = list(indexer.run(folders, control or bench.control))
    assert isinstance(events[-1], IndexSummary)
    return events[-1]


def test_the_next_model_sees_all_photos_and_then_takes_over(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    after, taken_over = ColourEncoder(SECOND, image_size=48), list[str]()
    written = {p.name: p.stat().st_mtime_ns for p in bench.paths.thumbnails_dir.rglob("*.jpg")}
    summary = run_with(bench, after, taken_over=taken_over)
    assert (summary.indexed, summary.unchanged, summary.prepared) == (0, 5, 5)
    assert taken_over == [SECOND]
    models = bench.catalogue.models
    assert sorted(models.ids()) == [FIRST, SECOND]
    assert (models.use(FIRST).photos, models.use(SECOND).findable) == (5, 5)
    assert models.lacking(SECOND) == 0
    # nothing that was there is made again
    assert bench.encoder.encoded == after.encoded == 5
    assert written == {
        p.name: p.stat().st_mtime_ns for p in bench.paths.thumbnails_dir.rglob("*.jpg")
    }
    summary = run_with(bench, after, taken_over=taken_over)
    assert (summary.unchanged, summary.prepared, after.encoded) == (5, 0, 5)


def test_new_photos_are_shown_to_both(bench: Workbench, folder: Path) -> None:
    after, taken_over = ColourEncoder(SECOND), list[str]()
    summary = run_with(bench, after, folder, taken_over=taken_over)
    assert (summary.indexed, summary.prepared) == (5, 5)
    assert bench.encoder.encoded == after.encoded == 5
    assert taken_over == [SECOND]


def test_stopped_in_the_middle_the_old_model_answers_and_the_next_run_goes_on(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    control, taken_over = IndexControl(), list[str]()

    class Stopping(ColourEncoder):
        def encode_all(self, pixels):  # type: ignore[no-untyped-def]
            control.stop()
            return super().encode_all(pixels)

    summary = run_with(bench, Stopping(SECOND), taken_over=taken_over, control=control)
    assert summary.stopped
    assert 0 < summary.prepared < 5
    assert taken_over == []
    index = VectorIndex(bench.catalogue.embeddings, bench.paths.index_dir, FIRST, 48)
    assert len(index.search(np.eye(48, dtype=np.float32)[0], 10)[0]) == 5
    rest = 5 - summary.prepared
    assert bench.catalogue.models.lacking(SECOND) == rest
    after = ColourEncoder(SECOND)
    summary = run_with(bench, after, taken_over=taken_over)
    assert (summary.prepared, after.encoded, taken_over) == (rest, rest, [SECOND])


def test_photos_that_cannot_be_read_now_hold_nothing_up(
    bench: Workbench, folder: Path, tmp_path: Path
) -> None:
    bench.run(folder)
    (folder / "coffee.png").unlink()  # missing now
    folder.rename(tmp_path / "elsewhere")
    after, taken_over = ColourEncoder(SECOND), list[str]()
    run_with(bench, after, taken_over=taken_over)
    assert taken_over == [SECOND]
    (tmp_path / "elsewhere").rename(folder)
    bench.encoder = after
    assert bench.run().indexed == 4


def test_what_can_be_switched_to_is_kept_and_what_is_gone_is_not(
    bench: Workbench, folder: Path
) -> None:
    bench.run(folder)
    bench.encoder = ColourEncoder(SECOND)
    run_with(bench, ColourEncoder(SECOND), folder, taken_over=[])
    assert sorted(bench.catalogue.models.ids()) == [FIRST, SECOND]
    run_with(bench, ColourEncoder(SECOND), folder, taken_over=[], kept=(SECOND,))
    assert bench.catalogue.models.ids() == [SECOND]


def test_each_model_has_its_own_index_file(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    run_with(bench, ColourEncoder(SECOND), taken_over=[])
    files = {}
    for model_id in (FIRST, SECOND, FIRST):
        index = VectorIndex(
            bench.catalogue.embeddings, bench.paths.index_dir, model_id, 48, exact_up_to=1
        )
        while index.catch_up(1.0):
            pass
        index.publish()
        state = bench.catalogue.embeddings.index_state(model_id)
        assert state is not None
        assert files.setdefault(model_id, state.file) == state.file  # switching back keeps it
    on_disk = {path.name for path in bench.paths.index_dir.glob("*.hnsw")}
    assert on_disk == set(files.values())
    assert len(on_disk) == 2


def test_an_older_library_keeps_its_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "catalogue.sqlite"
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index(_model_schema)])
        old = Database(path)
        old.run("INSERT INTO index_state VALUES (1, 7, 'a.hnsw', 10, 20, 3, 'm', 48, 5)")
        old.close()
    new = Database(path)
    assert new.rows("SELECT model_id, generation, file, dim FROM index_state") == [
        ("m", 7, "a.hnsw", 48)
    ]
    new.close()


# -- the choice ----------------------------------------------------------------------------


@pytest.fixture
def shelf(tmp_path: Path, model_dir: Path) -> ModelShelf:
    write_twin(model_dir, tmp_path / "to take")
    shelf = ModelShelf(tmp_path / "library" / "models", model_dir)
    shelf.take_in(tmp_path / "to take", "twin")
    return shelf


@pytest.fixture
def choice(bench: Workbench) -> ModelChoice:
    return ModelChoice(bench.paths.answering_file, bench.paths.settings_file)


@pytest.fixture
def switch(bench: Workbench, shelf: ModelShelf, choice: ModelChoice) -> ModelSwitch:
    return ModelSwitch(bench.catalogue, shelf, choice, bench.paths.index_dir)


@pytest.fixture
def shown(bench: Workbench, shelf: ModelShelf, folder: Path) -> Callable[[str], None]:
    """Embed all photos for a model, with a quick encoder under its id."""

    def show(name: str) -> None:
        manifest = ModelBundle.open(shelf.find(name).folder).manifest
        bench.encoder = ColourEncoder(
            manifest.model_id, makes_tokens=manifest.image_tokens is not None
        )
        run_with(bench, bench.encoder, folder, taken_over=[], kept=tuple(_ids(shelf)))

    return show


def _ids(shelf: ModelShelf) -> list[str]:
    return [model.manifest.model_id for model in shelf.all() if model.manifest is not None]


def test_the_shipped_model_answers_until_another_is_complete(
    switch: ModelSwitch, choice: ModelChoice, shown: Callable[[str], None]
) -> None:
    shown(SHIPPED)
    assert (choice.answering, choice.wanted) == (SHIPPED, SHIPPED)
    state = switch.use("twin")
    assert (state.is_wanted, state.is_answering, state.lacking) == (True, False, 5)
    assert (choice.answering, choice.wanted) == (SHIPPED, "twin")
    shown("twin")
    assert choice.take_over("twin")
    assert [(s.name, s.photos, s.lacking, s.is_answering) for s in switch.states()] == [
        (SHIPPED, 5, 0, False),
        ("twin", 5, 0, True),
    ]
    assert switch.use(SHIPPED).is_answering  # and back at once: both sets are there
    assert all(state.library_bytes >= 5 * 48 * 2 for state in switch.states())


def test_it_can_be_had_at_once_and_an_empty_library_waits_for_nothing(
    switch: ModelSwitch, choice: ModelChoice, shown: Callable[[str], None]
) -> None:
    assert switch.use("twin").is_answering  # there is no photo yet
    switch.use(SHIPPED)
    shown(SHIPPED)
    state = switch.use("twin", at_once=True)
    assert (state.is_answering, state.lacking) == (True, 5)


def test_who_changed_their_mind_is_not_overruled(choice: ModelChoice) -> None:
    choice.want("twin")
    choice.want(SHIPPED)
    assert not choice.take_over("twin")
    assert choice.answering == SHIPPED


def test_other_settings_survive_a_choice(bench: Workbench, choice: ModelChoice) -> None:
    Settings(rescan_minutes=7).save(bench.paths.settings_file)
    choice.want("twin")
    assert Settings.load(bench.paths.settings_file) == Settings(rescan_minutes=7, model="twin")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"answering": 3}'])
def test_a_choice_that_cannot_be_read_is_the_shipped_model(
    bench: Workbench, choice: ModelChoice, text: str
) -> None:
    bench.paths.models_dir.mkdir(exist_ok=True)
    bench.paths.answering_file.write_text(text)
    assert choice.answering == SHIPPED


def test_what_a_model_made_can_be_removed_unless_it_is_in_use(
    bench: Workbench, switch: ModelSwitch, shelf: ModelShelf, shown: Callable[[str], None]
) -> None:
    shown(SHIPPED)
    shown("twin")
    with pytest.raises(UsageError, match="in use"):
        switch.forget(SHIPPED)
    assert switch.forget("twin") == 5
    assert switch.state_of("twin").lacking == 5
    shown("twin")
    twin_id = switch.state_of("twin").model_id
    shelf.remove("twin")
    [left] = [state for state in switch.states() if not state.name]
    assert (left.model_id, left.photos, left.manifest) == (twin_id, 5, None)
    assert switch.forget(twin_id) == 5
    assert [state.name for state in switch.states()] == [SHIPPED]
    bench.catalogue.models.compact()
    with pytest.raises(UsageError, match="no model"):
        switch.forget("twin")
    with pytest.raises(ModelMissing):
        switch.use("twin")


def test_progress_is_told_while_photos_are_shown(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    after = ColourEncoder(SECOND)
    indexer = Indexer(
        bench.catalogue,
        bench.decoder,
        bench.encoder,
        bench.thumbnails,
        IndexerOptions(bench.paths, 1, 1, 1),
        Successor(after.manifest, lambda: after, lambda: None),
    )
    told = [e for e in indexer.run([], bench.control) if isinstance(e, IndexProgress)]
    assert (5, "encoding") in {(e.total, e.phase) for e in told}
    assert json.dumps([e.done for e in told])  # plain numbers, for JSON
