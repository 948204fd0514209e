"""The preview while somebody writes: ``faircopy watch``.

A save begins a round: `rounds` has the manuscript read (`drafts`) and its web page made in a
process that stays warm, then the other formats (`editions`), and gives an older round up for a
newer one. `desk` is what there is to be seen, an immutable value; `serving` shows it to a browser
on this machine, and `guarding` to nobody else. Nothing is published, and nothing is written.
"""
