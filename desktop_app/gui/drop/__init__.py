"""The panel of dropped photos: what they show, and what looks like them."""
