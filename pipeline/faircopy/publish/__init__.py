"""From what is asked for to finished, proven sets of files in ``dist/``.

`engine.build` is the door. This package knows which editions there are, what is stale, who works
and how a set is published; it does not know how a format is made.
"""
