"""What is known of a photo in words, and the link to a map that only a click opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.inspector import facts_section
from desktop_app.gui.inspector.fact_words import exposure, facts, map_address, place, stars
from desktop_app.gui.inspector.facts_section import FactsSection
from desktop_app.gui.inspector.kernel_words import kernel_words
from desktop_app.gui.wording import moment
from desktop_app.library.exposure import Exposure
from desktop_app.library.photo_details import PhotoDetails
from desktop_app.library.records import Metadata

DETAILS = PhotoDetails(
    path=Path("/photos/2024/IMG_1.jpg"),
    other_paths=(Path("/copies/IMG_1.jpg"),),
    width=4000,
    height=3000,
    format="JPEG",
    size_bytes=3_400_000,
    changed_at=1_700_000_000.0,
    taken_at="2024-05-01T12:30:00+02:00",
    metadata=Metadata("Canon EOS 5D", "50 mm", -33.8568, 151.2153, 4, "the opera", ("sea", "red")),
    exposure=Exposure(1 / 250, 2.8, 400, 50, 75, False),
)


@pytest.fixture(autouse=True)
def english(qapp):
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def test_what_is_known_is_told_and_nothing_else() -> None:
    told = dict(facts(DETAILS))
    assert told["Folder"] == str(Path("/photos/2024"))
    assert told["Also at"] == str(Path("/copies/IMG_1.jpg"))
    assert told["Photo"] == "4000 × 3000 pixels · 12.0 megapixels · JPEG"
    assert told["File"].startswith("3.4 MB, changed 1")
    assert "2024" in told["Taken"]
    assert told["Taken"].endswith("(UTC+02:00)")
    assert told["Camera"] == "Canon EOS 5D"
    assert told["Exposure"] == (
        "1/250 s · f/2.8 · ISO 400 · 50 mm · like 75 mm on 35 mm film · no flash"
    )
    assert told["Rating"] == "★★★★☆ (4 of 5)"
    assert told["Keywords"] == "sea, red"
    assert told["Caption"] == "the opera"
    assert "Note" not in told
    bare = PhotoDetails(
        Path("/p/x.jpg"), (), 10, 10, "", None, None, None, Metadata(), Exposure(), "not there"
    )
    assert dict(facts(bare)) == {
        "Folder": str(Path("/p")),
        "Photo": "10 × 10 pixels · 0.0 megapixels",
        "Note": "The file cannot be read now. Not there.",
    }


def test_numbers_as_photographers_write_them() -> None:
    assert exposure(Exposure(seconds=2.5)) == "2.5 s"
    assert exposure(Exposure(seconds=0.3, f_number=11)) == "1/3 s · f/11"
    assert exposure(Exposure(focal_mm=4.25, focal_35_mm=4.25, flash=True)) == "4.25 mm · flash"
    assert exposure(Exposure()) == ""
    assert stars(0).startswith("☆☆☆☆☆")
    assert moment("") == ""
    assert moment("once") == "once"
    assert "(" not in moment("2024-05-01T12:30:00")
    assert place(48.85833, -2.5) == "48.8583° N, 2.5000° W"
    assert place(-33.85, 151.0) == "33.8500° S, 151.0000° E"
    assert map_address(-33.8568, 151.2153) == (
        "https://www.openstreetmap.org/?mlat=-33.85680&mlon=151.21530#map=15/-33.85680/151.21530"
    )


def test_the_map_is_opened_by_a_click_alone(qtbot, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        facts_section.QDesktopServices, "openUrl", lambda url: opened.append(url.toString())
    )
    section = FactsSection()
    qtbot.addWidget(section)
    section.show_details(DETAILS)
    section.resize(300, 600)
    section.show()
    assert section.rows["Place"].text() == "33.8568° S, 151.2153° E"
    assert section.rows["Keywords"].accessibleName() == "Keywords: sea, red"
    assert section.map_button.isVisible()
    assert "never connects" in section.map_button.toolTip()
    assert opened == []
    section.map_button.setFocus()
    QTest.keyClick(section.map_button, " ")
    assert opened == [map_address(-33.8568, 151.2153)]
    section.clear()
    assert section.rows == {}
    assert not section.map_button.isVisible()
    section.map_button.click()
    assert len(opened) == 1


def test_kernels_in_plain_words() -> None:
    names = ("linear", "polynomial", "gaussian 1", "gaussian 0.5")
    titles = [kernel_words(name).title for name in names]
    assert titles == ["In common", "In combination", "Alike", "Very much alike"]
    assert kernel_words("gaussian 0.5 #2").title == "Very much alike"
    assert kernel_words("laplacian").title == "laplacian"
    assert all(len(kernel_words(name).meaning) > 20 for name in names)


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_buttons_break_into_rows(qtbot, is_mirrored) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    from PySide6.QtCore import Qt

    if is_mirrored:
        row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout = FlowLayout(row)
    buttons = [QPushButton("word") for _ in range(5)]
    for button in buttons:
        layout.addWidget(button)
    width = buttons[0].sizeHint().width()
    row.resize(2 * width + 20, 400)
    row.show()
    rows = {button.y() for button in buttons}
    assert len(rows) == 3
    inside = QRect(0, 0, row.width(), layout.heightForWidth(row.width()))
    assert all(inside.contains(button.geometry()) for button in buttons)
    first, second = buttons[:2]
    assert (first.x() > second.x()) is is_mirrored
    for n, button in enumerate(buttons):
        assert not any(button.geometry().intersects(b.geometry()) for b in buttons[n + 1 :])
    assert layout.heightForWidth(10_000) < layout.heightForWidth(width)
    layout.clear()
    assert layout.count() == 0
