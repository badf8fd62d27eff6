"""What one stretch of training does: its data, its losses, its measure."""
