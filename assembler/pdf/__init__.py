"""Documents become pages: ``.docx`` files, pictures and PDFs go in, one PDF to be signed comes out.

``libreoffice`` (or ``draft`` without it) converts the documents; ``positions`` tells where bookmarks and pictures
stand; ``evidence`` cleans what the agency attached; ``finish`` merges the pieces, numbers and describes them and adds
empty signature fields; ``verify`` opens the result again and proves it. ``pages`` draws a page as a picture, ``doctor``
says what is installed. This package is the only home of LibreOffice, rdocx, pypdf, pikepdf, pypdfium2 and fpdf2; it
knows documents by their paths only.
"""

import logging

# What they remark of a foreign file reaches nobody: whatever matters is told as a problem.
for _library in ("pikepdf", "pypdf", "PIL", "fontTools"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
