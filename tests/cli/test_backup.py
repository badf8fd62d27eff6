"""``visita backup`` and ``visita restore``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Visita, assert_known_error


def test_from_a_backup_back_to_it(visita: Visita) -> None:
    assert_known_error(visita("restore"), "no sound backup")
    assert "no backup yet" in visita("backup", "--list").stderr
    [taken] = visita.json("backup")
    assert taken["kind"] == "manual"
    assert visita.json("backup", "--list") == [taken]
    assert str(taken["name"]) in visita("backup", "--list").stdout
    assert_known_error(visita("restore", "nothing"), "nothing", "--list")
    [done] = visita.json("restore", str(taken["name"]))
    assert done["restored"] == taken["name"]
    assert Path(str(done["set_aside"])).is_file()
    assert "visita index" in visita("restore").stdout


def test_a_damaged_catalogue_names_restore(visita: Visita) -> None:
    visita.json("backup")
    (visita.data_dir / "catalogue.sqlite").write_bytes(b"no catalogue at all" * 500)
    assert_known_error(visita("failures"), "damaged", "visita restore")
    assert visita("restore").returncode == 0
    assert visita("failures").returncode == 0
