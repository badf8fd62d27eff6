"""The comparison: rows of every kind measured for real, and the table in every form."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import REPOSITORY
from tests.training.conftest import SIZE
from training.__main__ import main
from training.baselines.config import PRESETS as BASELINES
from training.baselines.config import BaselineConfig
from training.comparison.contenders import open_contender
from training.comparison.figures import price, quality
from training.comparison.published import SOURCES
from training.comparison.systems import SYSTEMS, Hub, Trained, chosen
from training.comparison.table import GROUPS, Comparison, Row
from training.config import FitConfig
from training.data.dataset import PhotoDataset
from training.evaluate import embed, evaluate, open_encoder
from training.measuring import measure
from training.model.trunk import TrunkConfig
from training.second_look import evaluate_again

SHIPPED = REPOSITORY / "assets" / "model"
DOCS = REPOSITORY / "docs"
COSTS = {"parameters, M", "MB", "photo ms", "text ms", "query ms", "photos/s"}


class Table(HTMLParser):
    """The cells of a page's table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._is_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._is_cell = False

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def recipes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DeViSE on smaller photos: most of the time goes into the CNN."""
    folder = tmp_path_factory.mktemp("recipes")
    small = BaselineConfig.load(BASELINES / "small" / "devise.json")
    stage = replace(small.stages[0], epochs=6, batch_size=16)
    trunk = TrunkConfig("mobilenet_v2", SIZE, 3)
    own = replace(small, trunk=trunk, stages=(stage,), image_size=SIZE, least_count=1)
    (folder / "devise.json").write_text(own.to_json())
    return folder


def compare(photos: Path, weights: Path, run: Path, *more: str) -> Comparison:
    arguments = ["--data", str(photos), "--weights", str(weights), "--run", str(run)]
    assert main(["compare", *arguments, "--device", "cpu", *more]) == 0
    return Comparison.read(run / "comparison.json")


def test_all_systems_of_the_sources_are_rows() -> None:
    names = " ".join(system.name for system in SYSTEMS)
    for name in (
        *("MKL-VisITA", "CLIP", "BLIP", "ALBEF", "ALIGN", "AltCLIP", "GroupViT", "VSE++", "SCAN"),
        *("DeViSE", "BERT-ViT", "single-responsibility"),
    ):
        assert name in names
    assert len({system.key for system in SYSTEMS}) == len(SYSTEMS)
    for system in SYSTEMS:
        assert {figure.source for figure in system.published} <= set(SOURCES)
        if isinstance(system.origin, Trained):
            kind = BaselineConfig if system.origin.is_baseline else FitConfig
            kind.load(system.origin.recipe)
    (small,) = (s for s in SYSTEMS if s.key == "bert-vit")
    assert isinstance(small.origin, Trained)
    stages = FitConfig.load(small.origin.recipe).stages
    assert {(s.loss, s.optimizer) for s in stages} == {("cosine", "adam")}
    own = FitConfig.load(BASELINES / "small" / "single-responsibility.json")
    assert [stage.kind for stage in own.stages] == ["texts", "images", "map"]
    assert [s.key for s in chosen(["clip", "scan"])] == ["scan", "clip"]
    assert chosen([]) == SYSTEMS
    with pytest.raises(ValueError, match=r"no system 'nonsense', only: mkl-visita"):
        chosen(["nonsense"])


def test_a_system_is_trained_and_measured_once(
    photo_set: Path, weights: Path, recipes: Path, tmp_path: Path
) -> None:
    words = tmp_path / "more.txt"
    words.write_text("a dog runs over the grass\na dog sleeps on a wooden table\n")
    more = ("--systems", "clip", "devise", "--captions", str(words), "--recipes", str(recipes))
    found = compare(photo_set, weights, tmp_path / "run", *more)
    devise, clip = found.rows
    assert (devise.key, clip.key) == ("devise", "clip")
    assert clip.weights == "not on this machine: `visita model add openai/clip-vit-base-patch32`"
    assert clip.figures == {}
    assert "13.15" in clip.published
    assert devise.weights == "trained here"
    shown = {name for group in GROUPS for name in group.figures}
    assert shown <= set(devise.figures)
    # chance is 212.5
    assert devise.figures["recall sum"] > 300
    sums = sum(
        devise.figures[f"{d} R@{k}"] for d in ("text-to-image", "image-to-text") for k in (1, 5, 10)
    )
    assert devise.figures["recall sum"] == pytest.approx(sums)
    assert all(devise.figures[name] > 0 for name in COSTS)
    assert 0 < devise.figures["training CPU minutes"] < 5
    assert str(tmp_path) not in found.markdown()

    run = tmp_path / "run"
    before = {path: path.stat().st_mtime_ns for path in run.rglob("*") if path.is_file()}
    again = compare(photo_set, weights, run, *more)
    assert again == found
    changed = {p.name for p, t in before.items() if p.stat().st_mtime_ns != t}
    assert changed == {f"comparison.{kind}" for kind in ("md", "csv", "json", "html")}
    # other corpora, other word vectors
    words.write_text("a cat sleeps\n")
    other = compare(photo_set, weights, run, *more)
    assert other.rows[0].figures != found.rows[0].figures


def test_a_stopped_comparison_goes_on(
    photo_set: Path,
    weights: Path,
    recipes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments = ["compare", "--data", str(photo_set), "--weights", str(weights)]
    arguments += ["--run", str(tmp_path), "--device", "cpu", "--systems", "devise"]
    arguments += ["--recipes", str(recipes)]

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("training.comparison.campaign.price", stop)
        assert main(arguments) == 130
    assert not (tmp_path / "comparison.md").exists()
    (spent,) = tmp_path.glob("devise-*/time.json")
    first = json.loads(spent.read_text())
    assert first["finished"]
    assert main(arguments) == 0
    assert json.loads(spent.read_text()) == first


def test_a_bundle_is_measured_as_evaluate_measures_it(photo_set: Path) -> None:
    photos = PhotoDataset(photo_set, "val")
    plain, again = (open_contender(SHIPPED, looks) for looks in (False, True))
    figures, judged = quality(plain, photos), quality(again, photos)
    encoder = open_encoder(SHIPPED)
    expected = measure(encoder, photos, ("matching", "information"))
    assert expected.retrieval is not None
    assert expected.matching is not None
    assert expected.information is not None
    assert figures["recall sum"] == pytest.approx(expected.retrieval.recall_sum)
    of_all = expected.matching["all_photos"]
    assert figures["all photos: mAP"] == pytest.approx(of_all.mean_average_precision)
    assert figures["all photos: Precision"] == pytest.approx(of_all.precision)
    assert figures["mutual information"] == pytest.approx(expected.information.mutual_information)
    both = evaluate_again(encoder, photos)
    assert judged["recall sum"] == pytest.approx(both.reranked.recall_sum)
    # one right photo a caption: AP@K is 1 / rank of it, and mAP@1 is R@1
    assert figures["text-to-image mAP@1"] == pytest.approx(figures["text-to-image R@1"])

    costs, more = price(plain), price(again)
    assert set(costs) == COSTS
    assert more["parameters, M"] > costs["parameters, M"] > 1
    assert more["MB"] > costs["MB"] > 1
    scores = plain.answer("a cat looks into the camera")
    cosines = (
        embed(encoder, photos).photos @ encoder.encode_texts(["a cat looks into the camera"])[0]
    )
    np.testing.assert_allclose(scores, cosines, atol=1e-4)
    assert again.answer("a cat looks into the camera").shape == (len(photos),)
    with pytest.raises(FileNotFoundError):
        open_contender(photo_set, looks_again=False)


def test_an_added_bundle_is_found_and_measured(
    photo_set: Path, weights: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "models" / "one"
    shutil.copytree(SHIPPED, bundle)
    manifest = json.loads((bundle / "manifest.json").read_text())
    manifest["name"] = "openai/clip-vit-base-patch32"
    (bundle / "manifest.json").write_text(json.dumps(manifest))
    more = ("--systems", "clip", "groupvit", "--models", str(tmp_path / "models"))
    clip, groupvit = compare(photo_set, weights, tmp_path / "run", *more).rows
    assert clip.weights == "`openai/clip-vit-base-patch32`"
    expected = evaluate(open_encoder(bundle), PhotoDataset(photo_set, "val"))
    assert clip.figures["recall sum"] == pytest.approx(expected.recall_sum)
    assert "training minutes" not in clip.figures
    assert groupvit.figures == {}


@pytest.fixture
def table() -> Comparison:
    measured = Row(
        "a",
        "A & B",
        "trained here",
        {
            "text-to-image R@1": 12.345,
            "text-to-image R@5": 20.0,
            "text-to-image R@10": 1234.5,
            "training minutes": 2.04,
            "training CPU minutes": 3.96,
            "MB": 7.0,
            "extra": 1.5,
        },
        "",
        "What <it> is.",
        "Somebody 2020",
    )
    absent = replace(
        measured,
        key="b",
        name="C",
        figures={},
        published="99.9 [S1]",
        weights="not on this machine: `visita model add x/y`",
    )
    return Comparison(
        "python -m training compare", {"threads": 2}, (measured, absent), ("A note.",)
    )


def test_the_table_in_every_form(table: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "docs" / "comparison.md"
    table.write(path)
    assert {p.name for p in path.parent.iterdir()} == {
        f"comparison.{kind}" for kind in ("md", "csv", "json", "html")
    }
    assert Comparison.read(path.with_suffix(".json")) == table

    head, _, one, two = (
        line.strip("| ").split(" | ")
        for line in path.read_text().splitlines()
        if line.startswith("|")
    )
    assert len(head) == len(one) == len(two) == len(GROUPS) + 3
    assert one[head.index("text-to-image R@1 / 5 / 10")] == "12.3 / 20.0 / 1,234.5"
    assert one[head.index("training, min (CPU min)")] == "2.0 (4.0)"
    assert one[head.index("recall sum")] == "–"
    assert set(two[2:-1]) == {"–"}
    assert two[-1] == "99.9 [S1]"

    rows = list(csv.DictReader(io.StringIO(path.with_suffix(".csv").read_text())))
    assert [row["key"] for row in rows] == ["a", "b"]
    assert float(rows[0]["text-to-image R@1"]) == 12.345
    assert float(rows[0]["extra"]) == 1.5
    assert rows[1]["text-to-image R@1"] == rows[0]["recall sum"] == ""

    page = path.with_suffix(".html").read_text()
    shown = Table(page).rows
    assert shown[0] == head
    assert shown[1][0] == "A & B"
    assert shown[1][1:] == one[1:]
    assert shown[2][1] == "not on this machine: visita model add x/y"
    assert "<code>visita model add x/y</code>" in page
    assert "What &lt;it&gt; is." in page
    assert "http" not in page
    assert "<script" not in page


def test_a_file_that_is_no_comparison_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "comparison.json"
    path.write_text('{"rows": [{"key": "a"}]}')
    with pytest.raises(ValueError, match="is no comparison"):
        Comparison.read(path)


@pytest.mark.skipif(not (DOCS / "comparison.json").is_file(), reason="not run yet")
def test_the_page_is_what_its_figures_give() -> None:
    kept = Comparison.read(DOCS / "comparison.json")
    assert (DOCS / "comparison.md").read_text() == kept.markdown()
    assert (DOCS / "comparison.csv").read_text() == kept.csv()
    assert (DOCS / "comparison.html").read_text() == kept.html()
    assert {row.key for row in kept.rows} == {system.key for system in SYSTEMS}
    hubs = {system.key for system in SYSTEMS if isinstance(system.origin, Hub)}
    assert all(row.figures for row in kept.rows if row.key not in hubs)
