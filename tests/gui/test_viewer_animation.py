"""Pictures that move are played; the thread behind ends with them."""

from __future__ import annotations

import threading

import pytest
from PIL import Image
from PySide6.QtTest import QSignalSpy, QTest

from desktop_app.gui.viewer.animation_player import AnimationPlayer
from desktop_app.library.decoder import Decoder
from tests.gui.conftest import PATIENCE_MS


@pytest.fixture
def player(qapp):
    player = AnimationPlayer(Decoder())
    yield player
    player.close()
    # One whose file was replaced ends by itself, at its next frame.
    for thread in threading.enumerate():
        if thread.name == "animation":
            thread.join(PATIENCE_MS / 1000)
            assert not thread.is_alive()


@pytest.fixture
def frames(photo_files):
    with Image.open(photo_files["chelsea"]) as image:
        photo = image.convert("RGB")
    return [photo.crop((n * 60, 0, n * 60 + 150, 120)) for n in range(3)]


def _save(frames, path):
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=20, lossless=True)
    return path


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_frames_come_in_turn_again_and_again(qtbot, player, frames, tmp_path, suffix) -> None:
    shown = QSignalSpy(player.frame_due)
    player.play(_save(frames, tmp_path / f"moving{suffix}"))
    qtbot.waitUntil(lambda: shown.count() >= 7, timeout=PATIENCE_MS)
    images = [shown.at(n)[0] for n in range(7)]
    assert player.is_moving
    assert images[0].width() == 150
    assert images[0] == images[3] == images[6]
    assert images[1] == images[4]
    assert images[0] != images[1] != images[2] != images[0]


def test_a_pause_stands_still(qtbot, player, frames, tmp_path) -> None:
    shown = QSignalSpy(player.frame_due)
    player.play(_save(frames, tmp_path / "moving.gif"))
    qtbot.waitUntil(lambda: shown.count() >= 2, timeout=PATIENCE_MS)
    player.pause(True)
    count = shown.count()
    QTest.qWait(200)
    assert shown.count() == count
    player.pause(False)
    qtbot.waitUntil(lambda: shown.count() > count + 1, timeout=PATIENCE_MS)


def test_a_still_photo_gives_no_frame(qtbot, player, photo_files) -> None:
    shown = QSignalSpy(player.frame_due)
    for stem in ("chelsea", "china"):
        player.play(photo_files[stem])
        qtbot.waitUntil(
            lambda: "animation" not in {thread.name for thread in threading.enumerate()},
            timeout=PATIENCE_MS,
        )
    assert shown.count() == 0
    assert not player.is_moving


def test_another_file_takes_over_at_once(qtbot, player, frames, tmp_path) -> None:
    first = _save(frames, tmp_path / "first.gif")
    second = _save([frame.resize((80, 60)) for frame in frames], tmp_path / "second.gif")
    shown = QSignalSpy(player.frame_due)
    player.play(first)
    qtbot.waitUntil(lambda: shown.count() >= 2, timeout=PATIENCE_MS)
    player.play(second)
    count = shown.count()
    qtbot.waitUntil(lambda: shown.count() >= count + 4, timeout=PATIENCE_MS)
    assert {shown.at(n)[0].width() for n in range(count, shown.count())} == {80}


def test_damage_ends_in_words(qtbot, player, frames, tmp_path) -> None:
    path = _save(frames, tmp_path / "moving.webp")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2))
    with qtbot.waitSignal(player.failed, timeout=PATIENCE_MS) as told:
        player.play(path)
    assert len(told.args[0]) > 5
