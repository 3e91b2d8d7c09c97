"""Pages for a browser: one file each, which needs nothing else and runs nothing."""

from assembler.pages.findings import findings_page

__all__ = ["findings_page"]
