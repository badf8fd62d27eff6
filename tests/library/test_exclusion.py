"""What is left out, and how patterns, defaults and files of rules go together."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_app.errors import UsageError
from desktop_app.library.exclusion import IGNORE_FILE, Exclusion, ExclusionRules, require_pattern
from desktop_app.library.scanner import Scanner
from tests.library.conftest import Workbench

DEFAULTS = ExclusionRules()


@pytest.mark.parametrize(
    "path",
    [
        *(".hidden.jpg", "a/.thumbnails/b.jpg", "a/@eaDir/b.jpg", "#recycle/b.jpg"),
        *("$RECYCLE.BIN/b.jpg", "$Recycle.Bin/b.jpg", "System Volume Information/b.jpg"),
        *(".Trash-1000/b.jpg", "lost+found/b.jpg", "Thumbs/b.jpg", "a/.cache/b.jpg"),
        *("x/node_modules/b.png", ".git/b.png", "__MACOSX/b.jpg", "Thumbs.db", "a/b.XMP"),
        "My.photoslibrary/resources/derivatives/b.jpg",
        "a/My.photoslibrary/Thumbnails/b.jpg",
        "Catalog Previews.lrdata/0/b.jpg",
        "My.photoslibrary/originals/.hidden/b.jpg",
    ],
)
def test_defaults_leave_out(path: str) -> None:
    assert DEFAULTS.leaves_out_below(path)


@pytest.mark.parametrize(
    "path",
    [
        *("a.jpg", "recycle/a.jpg", "Trash/a.jpg", "thumbs up.jpg", "a/b.hidden.jpg"),
        *("My.photoslibrary/originals/0/a.heic", "a/My.photoslibrary/Masters/2019/a.jpg"),
        "caf\udce9/\udcff.jpg",
    ],
)
def test_defaults_keep(path: str) -> None:
    assert not DEFAULTS.leaves_out_below(path)


def test_a_photo_library_that_is_itself_the_root_is_no_other() -> None:
    name = "My.photoslibrary"
    assert DEFAULTS.leaves_out_below("resources/derivatives/b.jpg", name)
    assert not DEFAULTS.leaves_out_below("originals/0/b.jpg", name)


def test_a_pattern_of_the_users_takes_a_default_back_but_not_what_is_in_it() -> None:
    rules = ExclusionRules(("!.private/",))
    assert not rules.leaves_out_below(".private/a.jpg")
    assert not rules.leaves_out_below("b/.private/c/a.jpg")
    assert rules.leaves_out_below(".private/.thumbnails/a.jpg")
    assert rules.leaves_out_below(".private/.a.jpg")
    assert rules.leaves_out_below(".other/a.jpg")


def put_rules(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / IGNORE_FILE).write_bytes(os.fsencode("\n".join(lines)))


def test_files_of_rules_hold_where_they_lie_and_the_nearest_decides(tmp_path: Path) -> None:
    put_rules(tmp_path, "# a comment", "*.gif", "/top.jpg", "drafts/")
    put_rules(tmp_path / "a", "!keep.gif", "/only here.jpg")
    put_rules(tmp_path / "a" / "b", "*", "!c.gif")
    exclusion = Exclusion(ExclusionRules(("user.jpg", "!drafts/")), tmp_path)
    expected = {
        "x.gif": True,
        "top.jpg": True,
        "a/top.jpg": False,
        "a/keep.gif": False,
        "keep.gif": True,
        "a/only here.jpg": True,
        "a/z/only here.jpg": False,
        "a/b/anything.jpg": True,
        "a/b/c.gif": False,
        "drafts/x.jpg": True,
        "a/drafts/x.jpg": True,
        "a/user.jpg": True,
        "a/x.jpg": False,
    }
    found = {path: exclusion.leaves_out_file(path) for path in expected}
    assert found == expected


def test_a_bad_line_is_passed_over_and_the_others_hold(tmp_path: Path) -> None:
    put_rules(tmp_path, "!", "*.gif", "caf\udce9*")
    exclusion = Exclusion(DEFAULTS, tmp_path)
    assert exclusion.leaves_out_file("a.gif")
    assert exclusion.leaves_out_file("caf\udce9.jpg")
    assert not exclusion.leaves_out_file("a.jpg")


def test_rules_that_cannot_be_read_leave_the_folder_as_it_is(forbidding: Path) -> None:
    put_rules(forbidding / "a", "*.gif")
    (forbidding / "a" / IGNORE_FILE).chmod(0)
    (forbidding / "a" / "b.jpg").touch()
    listings = list(Scanner(Path("/nowhere")).walk(forbidding))
    assert [(one.prefix, one.is_readable) for one in listings] == [(b"", True), (b"a/", False)]


def test_all_in_a_folder_but_one(tmp_path: Path) -> None:
    exclusion = Exclusion(ExclusionRules(("a/**", "!a/keep.jpg")), tmp_path)
    assert not exclusion.leaves_out_file("a/keep.jpg")
    assert exclusion.leaves_out_file("a/other.jpg")
    assert exclusion.leaves_out_file("a/b/keep.jpg")


@pytest.mark.parametrize("pattern", ["", "!", "# a", "a\nb", "\\"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError):
        require_pattern(pattern)


NAMES = st.sampled_from(["a", "b", "a.jpg", "b.gif", ".c", "d e"])
PATTERNS = st.sampled_from(
    [
        "a",
        "a/",
        "*.gif",
        "/a",
        "!a.jpg",
        "!a/a.jpg",
        "b/a",
        "a/**",
        "**/b",
        "!b/",
        "d e",
        ".c",
        "!.c",
    ]
)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the slow twin")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rules=st.dictionaries(
        st.sampled_from(["", "a", "b", "a/b"]), st.lists(PATTERNS, min_size=1, max_size=4)
    ),
    paths=st.lists(st.lists(NAMES, min_size=1, max_size=3).map("/".join), min_size=1, max_size=8),
)
@example(rules={"": ["a/"], "a": ["a"]}, paths=["a", "c"])
def test_like_git(
    tmp_path_factory: pytest.TempPathFactory, rules: dict[str, list[str]], paths: list[str]
) -> None:
    root = tmp_path_factory.mktemp("like git")
    for folder, lines in rules.items():
        put_rules(root / folder, *lines)
        shutil.copy(root / folder / IGNORE_FILE, root / folder / ".gitignore")
    # what holds rules is a folder to git, and a file is asked for here
    paths = [path for path in paths if not (root / path).is_dir()]
    git = ["git", "-C", str(root), "-c", "core.excludesFile=/dev/null"]
    subprocess.run([*git, "init", "-q"], check=True)
    said = subprocess.run(
        [*git, "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(paths) + "\0",
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    # Git has no defaults of ours: names that they speak of are compared without.
    exclusion = Exclusion(ExclusionRules(("!.c",)), root)
    ours = {path for path in paths if exclusion.leaves_out_file(path)}
    assert ours == set(said.split("\0")) - {""}


def test_what_becomes_left_out_is_forgotten_and_comes_back(bench: Workbench, folder: Path) -> None:
    shutil.copyfile(folder / "coffee.png", folder / "trip" / "again.png")
    assert bench.counts_of(folder) == {"indexed": 6}
    coffee = bench.photo_at(folder / "coffee.png")
    china = bench.photo_at(folder / "trip" / "china.jpg")
    put_rules(folder, "trip/")
    before = bench.catalogue.change_seq()
    summary = bench.run(folder)
    assert (summary.unchanged, summary.missing, summary.excluded) == (4, 0, 2)
    assert bench.catalogue.photos([china.photo_id], even_missing=True) == {}
    changes = bench.catalogue.embeddings.changes_after(before, bench.encoder.manifest.model_id, 100)
    assert changes.removed.tolist() == [china.photo_id]
    # The same content lies elsewhere: its embedding stays.
    assert bench.photo_at(folder / "coffee.png").photo_id == coffee.photo_id
    assert bench.photo_at(folder / "coffee.png").other_paths == ()
    assert bench.run(folder).excluded == 0
    encoded = bench.encoder.encoded
    (folder / IGNORE_FILE).unlink()
    assert bench.counts_of(folder) == {"unchanged": 4, "indexed": 2}
    assert bench.encoder.encoded == encoded + 1
    assert bench.photo_at(folder / "trip" / "china.jpg").photo_id != china.photo_id


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_missing_file_that_is_left_out_is_not_missed(bench: Workbench, folder: Path) -> None:
    bench.run(folder)
    (folder / "coffee.png").unlink()
    assert bench.run(folder).missing == 1
    put_rules(folder, "coffee.*")
    assert (bench.run(folder).excluded, bench.catalogue.counts().missing) == (1, 0)
