"""One photo at a time, inside the window: decoded off the GUI thread, zoomed, turned, played."""
