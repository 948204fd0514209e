"""What the editions without pages share: the EPUB's documents and the web page are one tree.

The text becomes XHTML by one call of pandoc; it is cut into sections, linked, given its meaning,
its notes, pictures, style sheet and fonts. How that is packed is each format's own business.
"""
