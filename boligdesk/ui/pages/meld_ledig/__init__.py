"""Meld ledig bolig: the first step of the pipeline."""
