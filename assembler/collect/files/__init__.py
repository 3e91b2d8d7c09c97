"""Answer files written and changed.

``starting`` makes the folder of a new case, ``saving`` changes the files of one that is there; ``skeleton`` writes
files ready to fill in, with ``conditions`` in words; ``carrying`` takes over the answers of another case; ``typed``
reads an answer that was typed outside a file.
"""
