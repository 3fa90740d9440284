"""Boligdesk: the desk of a Norwegian municipal housing office.

Applicant files, housing register, guidance logs and deadlines, on a local encrypted
file or a shared PostgreSQL database. The rooms of the house (README, "Architecture"):

``domain`` rules of the subject, no I/O · ``services`` what a caseworker can do ·
``storage`` the databases · ``exchange`` the office's own files · ``ui`` the window ·
``cli`` the same verbs for scripts · ``app`` the one place where all parts meet.
"""

__version__ = "0.1.0"
