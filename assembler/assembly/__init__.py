"""From a packet to what is published: the documents of every part, their pages, one PDF, proved and put in place.

``unchanged`` tells whether there is anything to do, ``engine`` which program makes pages, ``parts`` makes documents and
pages, ``build`` joins and proves them, ``publish`` puts them in place; ``sheet`` writes one part alone.
"""
