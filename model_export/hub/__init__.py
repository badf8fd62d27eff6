"""From a dual encoder of the Hugging Face hub to a model bundle."""
