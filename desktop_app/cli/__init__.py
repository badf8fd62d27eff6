"""VisITA in the terminal: everything that the window can do, without Qt."""
