"""The panel on the right: what is known of the selected photo, and why it matched."""
