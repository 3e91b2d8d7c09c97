"""Many cases at once: their ``folders``, ``gather`` for one report of them, ``scores`` side by side, ``letters``."""
