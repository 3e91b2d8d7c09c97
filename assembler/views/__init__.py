"""What is read of a case beside its packet: its state, what is due, what changed, and findings as a page."""
