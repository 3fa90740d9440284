"""One module per screen family: select -> records, with the access rule applied here."""
