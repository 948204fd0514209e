"""Manuscripts from the command line: taken in, revised by what came back, compared."""
