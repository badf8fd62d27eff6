"""The parts of the search field and of the line below it."""
