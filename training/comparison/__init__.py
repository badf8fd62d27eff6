"""Every system of the three sources, on the same photos, in one table."""
