"""Bring in the office's lists: fields, headings, values and rows. Nothing here knows the store or a file."""
