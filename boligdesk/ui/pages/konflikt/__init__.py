"""Two people changed the same: choose what holds, field by field."""
