"""Parts of the report of a training run."""
