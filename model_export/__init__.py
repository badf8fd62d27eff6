"""From a checkpoint to the model bundle that the app runs."""
