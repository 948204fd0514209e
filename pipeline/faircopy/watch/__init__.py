"""The preview while somebody writes: ``faircopy watch``.

A save begins a round. `previewing` reads the manuscript and makes its web page in a process that
stays warm; `rounds` has the other formats made after it, and gives an older round up for a newer
one. `desk` is what there is to be seen, an immutable value; `serving` shows it to a browser on this
machine, and `guarding` to nobody else. Nothing is published, and nothing is written.
"""
