"""Registration of an application in three steps on one page."""
