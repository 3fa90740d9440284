"""Tools of the house: practice data, benchmarks, faults, checks. Left out of the installer except the practice office."""
