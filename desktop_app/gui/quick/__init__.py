"""A small window that searches from anywhere, and the program that stays in the tray for it."""
