"""VisITA: find photos by what is in them. Everything stays on this computer."""

import os

__version__ = "0.1.0"

# NumPy's OpenBLAS reads this once, when it is loaded, so it stands before every import of NumPy.
# Its other threads keep a core busy for some 20 ms after each product, which takes longer from
# ONNX Runtime, SQLite and the decoders than it saves: a query took 11.6 ms and takes 8.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
