"""Translations from the command line: bundles out, what came back in, how it all stands."""
