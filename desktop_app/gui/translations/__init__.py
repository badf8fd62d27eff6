"""The window in other languages: ``.ts`` files, what they compile to, and what the library says."""
