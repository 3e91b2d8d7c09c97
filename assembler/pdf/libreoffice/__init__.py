"""LibreOffice as a converter: found, fenced in, timed, and never believed without looking at what it made.

``installation`` finds it, ``profile`` fences it in, ``processes`` starts and ends it, ``conversion`` makes pages.
"""
