"""The real program on a real (virtual) screen, driven by keys and mouse: ``make e2e``.

Xvfb is the screen, openbox the window manager, xdotool the hands. The eyes are a screen reader's:
the words of the window and where they stand are asked for through the accessibility bus, by
``eyes.py`` in the system's own Python, which has the bindings. So a control that a screen reader
cannot find fails here, too. ``companion.py`` is another program on the same screen: it takes the
pictures, and a photo can be dragged out of it.

``story.py`` is a day with the program, ``endings.py`` ends it in every state. Nothing that the
program prints is expected, and no window that the story does not name. Debian's names of what is
needed are in ``desktop.PACKAGES``; without them ``make e2e`` says so and does nothing.
"""
