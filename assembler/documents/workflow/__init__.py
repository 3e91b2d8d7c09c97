"""Diagrams of processes: ``layout`` places the steps, ``routes`` the lines between them, ``drawing`` draws both."""
