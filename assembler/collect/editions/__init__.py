"""Two editions of a report side by side: which question of the one is which of the other, and what became of it."""
