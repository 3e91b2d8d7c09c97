"""Official reports and letters of Iranian agencies: from form specifications and answers to one signed-ready PDF."""

__version__ = "0.1.0"
