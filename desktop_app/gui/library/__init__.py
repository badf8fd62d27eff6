"""Views of the library: albums, equal photos, folders, and the thread that serves them."""
