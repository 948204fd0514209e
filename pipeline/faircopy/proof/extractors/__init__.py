"""Read the words back out of an artifact; one module an extractor.

An extractor takes an artifact's bytes and returns text as lines. It knows the format, never the
manuscript or the writer: what it shows of lists, notes and images follows the signs of
``faircopy.proof.tokens`` and one set of ``faircopy.proof.words.Rules``.
"""
