"""Word documents: a part of the packet and a template go in, a ``.docx`` an officer can edit comes out.

This is the only home of docxtpl and python-docx. Look lives in the templates, structure in the blocks. Its modules are
imported by name: ``names`` reads what templates print without loading either library.
"""
