"""VisITA: find photos by what is in them. Everything stays on this computer."""

__version__ = "0.1.0"
