"""The experiments that MKL-VisITA's notes ask for: one base recipe, one difference at a time."""
