"""Files that break decoders, and damaged copies of photos. `python -m tests.corpus`."""
