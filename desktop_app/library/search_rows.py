"""The searches that a person keeps, and those that were made lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop_app.errors import UsageError
from desktop_app.library.folder_list import now_text
from desktop_app.library.schema import Database

MOST_RECENT = 100
"""Recent searches that are kept."""
GOES_ON = timedelta(minutes=1)
"""A search that begins with the last one, so soon after it, is the same one typed further."""


@dataclass(frozen=True)
class SavedSearch:
    """A search with a name."""

    name: str
    text: str
    """As it was typed."""


class SearchRows:
    """Saved and recent searches, as a part of the catalogue; shares its thread and its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def saved(self) -> list[SavedSearch]:
        """All saved searches, by name."""
        rows = self._database.rows("SELECT name, text FROM saved_searches ORDER BY name")
        return [SavedSearch(*row) for row in rows]

    def find(self, name: str) -> SavedSearch:
        """The saved search of this name, in any case.

        Raises:
            UsageError: there is none; the hint names those that there are.
        """
        row = self._database.row("SELECT name, text FROM saved_searches WHERE name = ?", (name,))
        if row is None:
            names = ", ".join(f"“{search.name}”" for search in self.saved())
            raise UsageError(
                f"There is no saved search “{name}”.",
                f"There are: {names}." if names else "None has been saved yet.",
            )
        return SavedSearch(*row)

    def save(self, name: str, text: str) -> SavedSearch:
        """Keep a search; one of the same name, in any case, is replaced.

        Raises:
            UsageError: the name or the text is empty.
        """
        search = SavedSearch(_name(name), text.strip())
        if not search.text:
            raise UsageError("An empty search cannot be saved.", "Type what the photos show.")
        self._database.run(
            "INSERT INTO saved_searches (name, text, saved_at) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET name = excluded.name, text = excluded.text, "
            "saved_at = excluded.saved_at",
            (search.name, search.text, now_text()),
        )
        return search

    def rename(self, old: str, new: str) -> bool:
        """Give a saved search another name; False where none is called ``old``.

        Raises:
            UsageError: the new name is empty, or another search has it.
        """
        new = _name(new)
        with self._database.transaction():
            if new.casefold() != old.casefold() and self._database.number(
                "SELECT count(*) FROM saved_searches WHERE name = ?", (new,)
            ):
                raise UsageError(f"There is a saved search “{new}” already.", "Take another name.")
            changed = self._database.run(
                "UPDATE saved_searches SET name = ? WHERE name = ?", (new, old)
            )
        return changed > 0

    def forget(self, name: str) -> bool:
        """Drop a saved search; False where there is none of this name."""
        return self._database.run("DELETE FROM saved_searches WHERE name = ?", (name,)) > 0

    def recent(self, limit: int = MOST_RECENT) -> list[str]:
        """What was searched for lately, the last first."""
        rows = self._database.rows(
            "SELECT text FROM recent_searches ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [row[0] for row in rows]

    def note(self, text: str, now: datetime | None = None) -> None:
        """Remember that this was searched for; blank text is none.

        What was searched for before moves to the front. A text that begins with the last one
        and comes within ``GOES_ON`` takes its place: somebody typed on after a rest.
        """
        text = text.strip()
        if not text:
            return
        moment = now if now is not None else datetime.now(UTC)
        with self._database.transaction():
            last = self._database.row(
                "SELECT text, used_at FROM recent_searches ORDER BY id DESC LIMIT 1"
            )
            if last is not None and text.startswith(last[0]):
                since = moment - datetime.fromisoformat(last[1])
                if timedelta(0) <= since <= GOES_ON:
                    self.forget_recent(last[0])
            self.forget_recent(text)
            self._database.run(
                "INSERT INTO recent_searches (text, used_at) VALUES (?, ?)",
                (text, moment.isoformat(timespec="seconds")),
            )
            self._database.run(
                "DELETE FROM recent_searches WHERE id NOT IN "
                "(SELECT id FROM recent_searches ORDER BY id DESC LIMIT ?)",
                (MOST_RECENT,),
            )

    def forget_recent(self, text: str | None = None) -> int:
        """Drop one recent search, or all of them; how many there were."""
        if text is None:
            return self._database.run("DELETE FROM recent_searches")
        return self._database.run("DELETE FROM recent_searches WHERE text = ?", (text,))


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UsageError("A saved search needs a name.")
    return name
