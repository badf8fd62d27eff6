"""The viewer: a page of the window that shows one photo of an answer, and leads to the others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.gui.key_table import PLACE, KeyLine
from desktop_app.gui.photo_list_model import PhotoListModel
from desktop_app.gui.thumbnails import ThumbnailLoader
from desktop_app.gui.told import told
from desktop_app.gui.viewer.animation_player import AnimationPlayer
from desktop_app.gui.viewer.filmstrip import Filmstrip
from desktop_app.gui.viewer.notice import Notice
from desktop_app.gui.viewer.photo_canvas import KEY_STEP, PhotoCanvas
from desktop_app.gui.viewer.picture import Picture
from desktop_app.gui.viewer.picture_loader import PictureLoader
from desktop_app.gui.viewer.sharpness import fit_need, shown_need
from desktop_app.gui.viewer.slideshow import Slideshow
from desktop_app.gui.viewer.viewer_bar import ViewerBar
from desktop_app.gui.viewer.viewer_keys import Command, command_of, viewer_key_lines
from desktop_app.gui.viewer.wish_list import Wish
from desktop_app.library.search import SearchHit

PAN_STEP = 80
HURRY_MS = 120
"""Photos that follow each other faster are not decoded: their thumbnails rush by."""
BARS_MS = 2500
"""On a full screen the bars stay so long after the mouse has moved."""


class PhotoViewer(QWidget):
    """Shows photos of the grid's model, or others. Lives on the GUI thread, decodes nothing."""

    photo_shown = Signal(object)
    """The ``Photo`` that is looked at from now on."""

    closed = Signal()
    """Back to the grid."""

    copied = Signal(list)
    """The ``SearchHit`` of Ctrl+C, in a list."""

    full_screen_wanted = Signal(bool)

    menu_wanted = Signal(object, QPoint)
    """The ``SearchHit`` whose menu is to open, and where on the screen."""

    def __init__(
        self, model: PhotoListModel, pictures: PictureLoader, thumbnails: ThumbnailLoader
    ) -> None:
        """Build the page.

        Args:
            model: the photos to go through.
            pictures: decodes them.
            thumbnails: of the filmstrip; not the grid's, which cuts larger tiles.
        """
        super().__init__()
        self._photos = model
        self._pictures = pictures
        self._hit: SearchHit | None = None
        self._row = -1
        self._step = 1
        self._is_settled = False
        self._most_need: int | None = None
        self._since_shown = QElapsedTimer()
        self._has_strip = True
        self.is_full_screen = False
        self.bar = ViewerBar()
        self.canvas = PhotoCanvas()
        self.strip = Filmstrip(model, thumbnails)
        self.notice = Notice(self.canvas)
        self.player = AnimationPlayer(pictures.decoder)
        self.slideshow = Slideshow(lambda: self._is_settled, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(HURRY_MS)
        self._later.timeout.connect(self._want)
        self._bars = QTimer(self)
        self._bars.setSingleShot(True)
        self._bars.setInterval(BARS_MS)
        self._bars.timeout.connect(self._hide_bars)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.strip)
        self.setFocusProxy(self.canvas)
        self.setProperty(PLACE, self.tr("A photo in the viewer"))
        self._do = self._commands()
        self._wire()

    @property
    def hit(self) -> SearchHit | None:
        """What is shown; None while the viewer is closed."""
        return self._hit

    @property
    def is_sharp(self) -> bool:
        """Whether the photo is decoded as finely as it is shown now."""
        picture = self.canvas.picture
        return picture is not None and picture.reaches(self._need())

    # -- which photo -----------------------------------------------------------------------

    @property
    def photos(self) -> PhotoListModel:
        """The photos to go through."""
        return self._photos

    def look_through(self, photos: PhotoListModel) -> None:
        """Go through other photos from now on."""
        if photos is self._photos:
            return
        self._photos.modelReset.disconnect(self._on_other_rows)
        self._photos.dataChanged.disconnect(self._on_other_rows)
        self._photos = photos
        self._follow(photos)
        self.strip.look_through(photos)

    def _follow(self, photos: PhotoListModel) -> None:
        photos.modelReset.connect(self._on_other_rows)
        photos.dataChanged.connect(self._on_other_rows)

    def open(self, hit: SearchHit) -> None:
        """Show a photo of the model."""
        for row in self._photos.rows_of({hit.photo.photo_id}):
            self.show_row(row)

    def show_row(self, row: int) -> None:
        """Show the photo of a row; rows before the first and after the last are left out."""
        if not 0 <= row < len(self._photos.hits):
            return
        self._step = -1 if row < self._row else 1
        self._row = row
        hit = self._hit = self._photos.hits[row]
        photo = hit.photo
        self.player.stop()
        self.notice.hide()
        self._is_settled = False
        self._most_need = None
        self.canvas.show_photo(QSize(photo.width, photo.height))
        self._name()
        ready = self._pictures.picture(photo.photo_id)
        preview = self._pictures.preview(photo.photo_id)
        if ready is not None:
            self._on_loaded(photo.photo_id, ready)
        elif preview is not None:
            self.canvas.show_picture(preview)
        else:
            self._pictures.want_preview(hit)
        in_hurry = self._since_shown.isValid() and self._since_shown.elapsed() < HURRY_MS
        self._since_shown.start()
        if in_hurry and ready is None:
            self._later.start()
        else:
            self._want()
        self.slideshow.begin_photo()
        self.photo_shown.emit(photo)

    def step(self, rows: int) -> None:
        """So many photos further."""
        self.show_row(self._row + rows)

    def close_photo(self) -> None:
        """Forget what is shown, stop what runs."""
        self._later.stop()
        self.slideshow.stop()
        self.player.stop()
        self._hit, self._row = None, -1
        self._pictures.want((), frozenset())

    # -- how it is shown -------------------------------------------------------------------

    def set_full_screen(self, is_full: bool) -> None:
        """Only the photo, on black; the bars come when the mouse moves."""
        self.is_full_screen = is_full
        self.canvas.set_dark(is_full)
        self.bar.show_full_screen(is_full)
        self._bars.stop()
        if is_full:
            self._hide_bars()
        else:
            self._show_bars()
            self.strip.setVisible(self._has_strip)

    def zoom_in(self) -> None:
        """One step larger."""
        self.canvas.zoom_by(KEY_STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.canvas.zoom_by(1 / KEY_STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every command has a key."""
        command = command_of(event, self.isRightToLeft())
        if command is None:
            super().keyPressEvent(event)
        else:
            self.do(command)

    def key_lines(self) -> list[KeyLine]:
        """See ``viewer_keys``."""
        return viewer_key_lines()

    def do(self, command: Command) -> None:
        """Carry out a command of a key or a button."""
        if self._hit is not None or command is Command.BACK:
            self._do[command]()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the photo."""
        if self._hit is not None:
            self.menu_wanted.emit(self._hit, event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        """What moves goes on where it begins."""
        super().showEvent(event)
        if self._hit is not None and self._is_settled:
            self.player.play(self._hit.photo.path)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays behind another page."""
        super().hideEvent(event)
        self.player.stop()

    def close_threads(self) -> None:
        """The program ends."""
        self.close_photo()
        self.player.close()

    # -- wiring ----------------------------------------------------------------------------

    def _wire(self) -> None:
        self.bar.wanted.connect(self.do)
        self.strip.row_chosen.connect(self.show_row)
        self.canvas.zoomed.connect(self._on_zoomed)
        self.canvas.moved.connect(self._on_mouse)
        self.slideshow.next_wanted.connect(self._next_slide)
        self.slideshow.running_changed.connect(self.bar.show_slideshow)
        self.player.frame_due.connect(self.canvas.show_frame)
        self.player.failed.connect(self._on_still)
        self._pictures.previewed.connect(self._on_preview)
        self._pictures.loaded.connect(self._on_loaded)
        self._pictures.failed.connect(self._on_failed)
        self._follow(self._photos)

    def _commands(self) -> dict[Command, Callable[[], object]]:
        canvas = self.canvas
        return {
            Command.BACK: self._back,
            Command.PREVIOUS: lambda: self.step(-1),
            Command.NEXT: lambda: self.step(1),
            Command.FIRST: lambda: self.show_row(0),
            Command.LAST: lambda: self.show_row(len(self._photos.hits) - 1),
            Command.ZOOM_IN: self.zoom_in,
            Command.ZOOM_OUT: self.zoom_out,
            Command.FIT: canvas.fit,
            Command.ACTUAL_SIZE: canvas.actual_size,
            Command.PAN_LEFT: lambda: canvas.pan(PAN_STEP, 0),
            Command.PAN_RIGHT: lambda: canvas.pan(-PAN_STEP, 0),
            Command.PAN_UP: lambda: canvas.pan(0, PAN_STEP),
            Command.PAN_DOWN: lambda: canvas.pan(0, -PAN_STEP),
            Command.TURN_RIGHT: lambda: canvas.turn(1),
            Command.TURN_LEFT: lambda: canvas.turn(-1),
            Command.SLIDESHOW: self._toggle_slideshow,
            Command.FULL_SCREEN: lambda: self.full_screen_wanted.emit(not self.is_full_screen),
            Command.FILMSTRIP: self._toggle_filmstrip,
            Command.PAUSE: lambda: self.player.pause(not self.player.is_paused),
            Command.COPY: lambda: self.copied.emit([self._hit]),
        }

    def _back(self) -> None:
        """One thing at a time: the slideshow, the full screen, the viewer."""
        if self.slideshow.is_running:
            self.slideshow.stop()
        elif self.is_full_screen:
            self.full_screen_wanted.emit(False)
        else:
            self.closed.emit()

    def _toggle_slideshow(self) -> None:
        if self.slideshow.is_running:
            self.slideshow.stop()
        else:
            self.slideshow.start()

    def _toggle_filmstrip(self) -> None:
        self._has_strip = self.strip.isHidden()
        self.strip.setVisible(self._has_strip)

    def _next_slide(self) -> None:
        count = len(self._photos.hits)
        if count:
            self.show_row((self._row + 1) % count)

    # -- pictures --------------------------------------------------------------------------

    def _need(self) -> int:
        if self._hit is None:
            return 1
        return shown_need(self._hit.photo, self.canvas.place, self._most_need)

    def _want(self) -> None:
        """This photo; once it is there, the ones beside it, that of the way ahead first."""
        if self._hit is None:
            return
        rows = (self._row + self._step, self._row - self._step)
        hits = self._photos.hits
        beside = [hits[row] for row in rows if 0 <= row < len(hits)]
        this = Wish(self._hit.photo.photo_id, self._hit.photo.path, self._need())
        wishes = [this]
        if self._is_settled:
            wishes += [
                Wish(hit.photo.photo_id, hit.photo.path, fit_need(hit.photo, self.canvas.place))
                for hit in beside
                if not hit.photo.offline
            ]
        for hit in beside:
            self._pictures.want_preview(hit)
        keep = {this.photo_id, *(hit.photo.photo_id for hit in beside)}
        self._pictures.want(wishes, keep)

    def _on_preview(self, photo_id: int, picture: Picture) -> None:
        if self._is_shown(photo_id) and self.canvas.picture is None:
            self.canvas.show_picture(picture)

    def _on_loaded(self, photo_id: int, picture: Picture) -> None:
        if not self._is_shown(photo_id) or self._hit is None:
            return
        self.canvas.show_picture(picture)
        if not self._is_settled:
            self._is_settled = True
            self.player.play(self._hit.photo.path)
            self._want()

    def _on_failed(self, photo_id: int, reason: str) -> None:
        if not self._is_shown(photo_id) or self._hit is None:
            return
        photo = self._hit.photo
        picture = self.canvas.picture
        if picture is not None and not picture.is_preview:
            self._most_need = min(picture.levels[0].width(), picture.levels[0].height())
            words = self.tr("Only a smaller version of {name} can be shown: {reason}.")
        elif photo.offline:
            words = self.tr("{name} is in a folder that cannot be reached now.")
        else:
            words = self.tr("{name} cannot be shown: {reason}.")
        self.notice.say(words.format(name=photo.path.name, reason=told(reason)))
        if not self._is_settled:
            self._is_settled = True
            self._want()

    def _on_still(self, reason: str) -> None:
        if self._hit is not None:
            words = self.tr("{name} cannot be played any further: {reason}.")
            self.notice.say(words.format(name=self._hit.photo.path.name, reason=told(reason)))

    def _on_zoomed(self) -> None:
        self.bar.show_zoom(self.canvas.place.zoom)
        if self._is_settled and not self.is_sharp:
            self._later.start()

    def _on_other_rows(self) -> None:
        """The answer was refreshed: stay at this photo; is it gone, show the next one."""
        if self._hit is None:
            return
        rows = self._photos.rows_of({self._hit.photo.photo_id})
        if rows:
            self._row = rows[0]
            self._hit = self._photos.hits[self._row]
            self._name()
            self._want()
        elif self._photos.hits:
            self.show_row(min(self._row, len(self._photos.hits) - 1))
        else:
            self.closed.emit()

    # -- words and bars --------------------------------------------------------------------

    def _is_shown(self, photo_id: int) -> bool:
        return self._hit is not None and self._hit.photo.photo_id == photo_id

    def _name(self) -> None:
        if self._hit is None:
            return
        count = len(self._photos.hits)
        name = self._hit.photo.path.name
        self.bar.show_photo(name, self._row, count)
        self.strip.show_row(self._row)
        words = self.tr("{name}, photo {n} of {count}")
        self.canvas.setAccessibleName(words.format(name=name, n=self._row + 1, count=count))

    def _on_mouse(self) -> None:
        if self.is_full_screen:
            self._show_bars()
            self._bars.start()

    def _show_bars(self) -> None:
        self.bar.show()
        self.canvas.unsetCursor()

    def _hide_bars(self) -> None:
        if self.is_full_screen:
            self.bar.hide()
            self.strip.hide()
            self.canvas.setCursor(Qt.CursorShape.BlankCursor)
