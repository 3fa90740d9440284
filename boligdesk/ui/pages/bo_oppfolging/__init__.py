"""Bo-oppfølging: the log of home guidance."""
