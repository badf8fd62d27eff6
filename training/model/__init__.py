"""The parts of MKL-VisITA, one file each."""
