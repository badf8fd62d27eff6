"""Favourites and albums in the window: keys, menu entries, the heart, the panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu

from desktop_app.errors import QuerySyntaxError
from desktop_app.gui.glyphs import GlyphButton
from desktop_app.gui.library.album_dialogs import (
    add_to_album_dialog,
    forget_album_dialog,
    rename_dialog,
)
from desktop_app.gui.library.album_list import AlbumPanel
from desktop_app.gui.library.desk import Desk
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.messages import TextQuery
from desktop_app.gui.search_controller import SearchController
from desktop_app.gui.wording import photos
from desktop_app.library.albums import Album
from desktop_app.library.query import Filter, In, Query, Words, format_query
from desktop_app.library.query_parser import parse_query
from desktop_app.library.search import SearchHit


class AlbumTools(QObject):
    """Lives on the GUI thread; what it changes is written by the desk."""

    def __init__(self, window: MainWindow, controller: SearchController, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._desk = desk
        self.panel = AlbumPanel()
        window.panel.add_section(self.panel)
        self.heart = GlyphButton("heart", self.tr("Favourite (F)"), 30, 18)
        layout = window.size_control.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(0, self.heart)
        self.favourite = QAction(self.tr("Favourite"), self)
        self.favourite.setShortcut(QKeySequence(Qt.Key.Key_F))
        # In the grid alone: everywhere else F is a letter.
        self.favourite.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.add_to_album = QAction(self.tr("Add to album…"), self)
        self.add_to_album.setShortcut(QKeySequence("Ctrl+Shift+A"))
        window.grid.addAction(self.favourite)
        window.addAction(self.add_to_album)
        before = window.menu.problems
        window.menu.insertActions(before, [self.favourite, self.add_to_album])
        window.menu.insertSeparator(before)
        self.favourite.triggered.connect(self.toggle_favourite)
        self.heart.clicked.connect(self.toggle_favourite)
        self.add_to_album.triggered.connect(self.choose_album)
        self.panel.album_wanted.connect(self.show_album)
        self.panel.rename_wanted.connect(self._rename)
        self.panel.remove_wanted.connect(self._remove)
        window.photo_menu_opening.connect(self._extend_menu)
        window.grid.selectionModel().selectionChanged.connect(lambda: self._follow_selection())
        window.model.dataChanged.connect(lambda: self._follow_selection())
        window.model.modelReset.connect(self._follow_selection)
        self._follow_selection()

    def refresh(self) -> None:
        """Read the albums again."""
        self._desk.ask(lambda c: c.albums.all(), self.panel.show_albums, key="albums")

    def show_album(self, album: Album) -> None:
        """Show an album's photos, as if its filter had been typed."""
        condition = In("favourites") if album.is_favourites else Words("album", album.name)
        self._window.search_bar.type(format_query(Query(filters=(Filter(condition),))))

    def toggle_favourite(self) -> None:
        """Make the selected photos favourites; if all of them are, none of them any more."""
        hits = self._selected()
        if not hits:
            self._say(self.tr("Select photos first."))
            return
        wanted = not all(hit.photo.is_favourite for hit in hits)
        ids = [hit.photo.photo_id for hit in hits]
        self._show_favourites(set(ids), wanted)

        def told(count: int) -> None:
            words = self.tr("{photos} added to the favourites")
            if not wanted:
                words = self.tr("{photos} taken out of the favourites")
            self._changed(words.format(photos=photos(count)))

        self._desk.ask(lambda c: c.albums.set_favourite(ids, wanted), told)

    def choose_album(self) -> None:
        """Ask which album the selected photos are put into."""
        hits = self._selected()
        if not hits:
            self._say(self.tr("Select photos first."))
            return
        dialog = add_to_album_dialog(len(hits), self.panel.model.items, self._window)
        dialog.name_chosen.connect(lambda name: self.put(name, hits))
        dialog.open()

    def put(self, name: str, hits: Sequence[SearchHit]) -> None:
        """Put photos into an album, which is made if need be."""
        ids = [hit.photo.photo_id for hit in hits]
        words = self.tr("{photos} added to “{name}”")
        self._desk.ask(
            lambda c: c.albums.add(name, ids),
            lambda count: self._changed(words.format(photos=photos(count), name=name)),
        )

    def take_out(self, name: str, hits: Sequence[SearchHit]) -> None:
        """Take photos out of an album; they stay in the library."""
        ids = [hit.photo.photo_id for hit in hits]
        words = self.tr("{photos} taken out of “{name}”")
        self._desk.ask(
            lambda c: c.albums.take_out(name, ids),
            lambda count: self._changed(words.format(photos=photos(count), name=name)),
        )

    def _rename(self, album: Album) -> None:
        dialog = rename_dialog(album, self._window)
        words = self.tr("Renamed to “{name}”")

        def rename(name: str) -> None:
            self._desk.ask(
                lambda c: c.albums.rename(album.name, name),
                lambda kept: self._changed(words.format(name=kept)),
            )

        dialog.name_chosen.connect(rename)
        dialog.open()

    def _remove(self, album: Album) -> None:
        box = forget_album_dialog(album, self._window)
        words = self.tr("The album “{name}” is forgotten").format(name=album.name)
        box.accepted.connect(
            lambda: self._desk.ask(
                lambda c: c.albums.remove(album.name), lambda _: self._changed(words)
            )
        )
        box.open()

    def _extend_menu(self, menu: QMenu, hits: list[SearchHit]) -> None:
        menu.addSeparator()
        are_all = all(hit.photo.is_favourite for hit in hits)
        words = self.tr("No favourite any more") if are_all else self.tr("Favourite")
        menu.addAction(words).triggered.connect(self.toggle_favourite)
        menu.addAction(self.tr("Add to album…")).triggered.connect(self.choose_album)
        if name := self._shown_album():
            out = menu.addAction(self.tr("Take out of “{name}”").format(name=name))
            out.triggered.connect(lambda: self.take_out(name, hits))

    def _shown_album(self) -> str:
        """The album whose photos are on the screen; empty if there is none."""
        query = self._controller.query
        if not isinstance(query, TextQuery):
            return ""
        try:
            filters = parse_query(query.text).filters
        except QuerySyntaxError:  # a town perhaps, which only the search thread knows
            return ""
        names = {album.name.casefold(): album.name for album in self.panel.model.items}
        for one in filters:
            if isinstance(one.condition, Words) and one.condition.key == "album":
                return "" if one.is_excluded else names.get(one.condition.text.casefold(), "")
        return ""

    def _selected(self) -> list[SearchHit]:
        return self._window.grid.selected_hits()

    def _show_favourites(self, photo_ids: set[int], are: bool) -> None:
        """Show it before it is written, which takes a moment while photos are indexed."""
        self._window.model.show_hits(
            [
                replace(hit, photo=replace(hit.photo, is_favourite=are))
                if hit.photo.photo_id in photo_ids
                else hit
                for hit in self._window.model.hits
            ]
        )

    def _follow_selection(self) -> None:
        hits = self._selected()
        are = bool(hits) and all(hit.photo.is_favourite for hit in hits)
        self.heart.setEnabled(bool(hits))
        self.heart.set_glyph("heart_full" if are else "heart")
        words = self.tr("No favourite any more (F)") if are else self.tr("Favourite (F)")
        self.heart.set_label(words if hits else self.tr("Favourite (F): select photos first"))

    def _changed(self, words: str) -> None:
        self._say(words)
        self.refresh()
        self._window.query_aids.forget_names()
        self._controller.refresh_soon()

    def _say(self, words: str) -> None:
        self._window.say(words)
