"""Word documents: a part of the packet and a template go in, a ``.docx`` an officer can edit comes out.

This is the only home of docxtpl and python-docx. Look lives in the templates, structure in the blocks.
"""

from __future__ import annotations

from assembler.documents.blocks import heading_text
from assembler.documents.markup import bookmark_name, figure_bookmark, signature_bookmark
from assembler.documents.parts import letter_picture_size, write_part
from assembler.documents.printing import fill_contents, print_copy
from assembler.documents.styles import required_styles
from assembler.documents.templates import check_template

__all__ = [
    "bookmark_name",
    "check_template",
    "figure_bookmark",
    "fill_contents",
    "heading_text",
    "letter_picture_size",
    "print_copy",
    "required_styles",
    "signature_bookmark",
    "write_part",
]
