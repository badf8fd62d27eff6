"""Words with a number in them, in the form that the user's language has for it."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Counted(QObject):
    """What functions say of counts; widgets say it themselves.

    A class because lupdate finds the forms of a number in ``self.tr`` alone.
    """

    def photos(self, count: int) -> str:
        """``1 photo``, ``12,345 photos``."""
        return self.tr("%Ln photo(s)", "", count)

    def results(self, count: int) -> str:
        """``1 result``, ``200 results``."""
        return self.tr("%Ln result(s)", "", count)

    def problems(self, count: int) -> str:
        """``1 problem``, ``3 problems``."""
        return self.tr("%Ln problem(s)", "", count)

    def no_photos(self, count: int) -> str:
        """Files that were passed over."""
        return self.tr("%Ln file(s) are no photos", "", count)

    def photos_stay(self, count: int) -> str:
        """Of an album that is forgotten."""
        return self.tr("Its %Ln photo(s) stay in the library and on your disk.", "", count)

    def forget_missing(self, files: int, photos: int) -> str:
        """A question; ``photos`` lie nowhere else."""
        words = self.tr(
            "Forget %Ln missing file(s)? Of these, {photos} can be found nowhere else.", "", files
        )
        return words.format(photos=self.photos(photos))

    def missing_forgotten(self, files: int, photos: int) -> str:
        """What was done."""
        words = self.tr("%Ln missing file(s) forgotten, {photos}", "", files)
        return words.format(photos=self.photos(photos))

    def missing_kept(self, files: int) -> str:
        """Why none is forgotten."""
        return self.tr("%Ln missing file(s) are kept: their folder is not connected.", "", files)

    def more_kept(self, files: int) -> str:
        """The same, behind a question about others."""
        return self.tr("%Ln more are kept: their folder is not connected.", "", files)

    def tried_out(self, photos: int, seconds: str, size: str) -> str:
        """How an estimate was made."""
        words = self.tr(
            "%Ln photo(s) from all over were tried out just now, as the indexer goes about them: "
            "{seconds} s. The library will take about {size} beside your photos.",
            "",
            photos,
        )
        return words.format(seconds=seconds, size=size)
