"""What belongs to the grid of photos besides its tiles: dates, badges, and a place that is kept."""
