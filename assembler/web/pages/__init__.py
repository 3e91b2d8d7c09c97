"""What is shown at an address: a module a place."""
