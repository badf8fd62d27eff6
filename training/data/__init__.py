"""Photos and captions on their way into training."""
