"""The models that a library can be searched with: which there are, and which of them answers."""
