"""The dialog with the settings, one page a file."""
