"""Letters: from template to neutral blocks, and from neutral blocks to a PDF file that an archive accepts.

reportlab, pikepdf, Jinja, markdown-it and page live here and nowhere else, and are loaded when first used.
"""
