"""What passes between the stages: frozen values, no behaviour beyond reading them.

Left to right: ``specs`` makes ``specs`` and ``reports``; ``answers`` makes ``answers.Case``; ``evaluate`` makes
``filled`` and ``scores``; ``packet`` makes ``packet.Packet``, in which nothing is left to decide: every number, label
and text is as it will be printed. ``documents`` and ``pdf`` know the packet only. ``judged`` is a case with all of it.
"""
