"""``visita explain``: which region of a photo answers which word of a text."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from desktop_app.cli import output
from desktop_app.cli.options import Options
from desktop_app.composition import open_search_service
from desktop_app.errors import UsageError
from desktop_app.library.decoder import Decoder
from desktop_app.library.explaining import Explanation, WordMap
from desktop_app.library.heat_picture import (
    SIDE,
    draw_explanation,
    require_place,
    save_explanation,
)
from desktop_app.paths import DataPaths
from desktop_app.settings import Settings


def explain(options: Options, paths: DataPaths) -> int:
    """Explain a match; draw it, if a name for the picture is given.

    Raises:
        UsageError: the text, the word or the name of the picture makes no sense.
        PhotoError: the photo cannot be used.
        ModelError: the model has no matcher, or cannot be used.
        AppError: the library cannot be opened, or the picture not be written.
    """
    if options.photo is None:
        raise UsageError("There is no photo to explain.")
    if options.output is not None:
        require_place(options.output, options.photo)
    settings = Settings.load(paths.settings_file)
    with closing(open_search_service(paths, options.model_dir, settings)) as service:
        word = None if options.word is None else output.plain(options.word)
        explanation = service.explain(output.plain(options.text or ""), options.photo, word)
    if options.output is not None:
        photo = Decoder().decode(options.photo, SIDE).image
        save_explanation(draw_explanation(photo, explanation), options.output, options.photo)
    _print(explanation, options.output, options.json)
    return 0


def _print(explanation: Explanation, picture: Path | None, as_json: bool) -> None:
    if as_json:
        output.print_json(
            path=str(explanation.path),
            text=explanation.text,
            match=round(explanation.match, 4),
            words=[
                {"word": m.word, "grid": [[round(cell, 4) for cell in row] for row in m.grid]}
                for m in explanation.words
            ],
            output=None if picture is None else str(picture),
        )
        return
    output.print_line(f"match {explanation.match:.0%}")
    for word in explanation.words:
        output.print_line(f"{word.best:5.2f}  {word.word:20} {_where(word)}")
    if picture is not None:
        output.print_line(f"Drawn to {picture}.")


def _where(word: WordMap) -> str:
    """The region that fits best, in words."""
    row, column = word.best_region
    vertical = ("top", "middle", "bottom")[3 * row // len(word.grid)]
    horizontal = ("left", "centre", "right")[3 * column // len(word.grid[0])]
    place = f"{vertical} {horizontal}"
    return "in the middle" if place == "middle centre" else place
