"""The practice office: fictional, deterministic, believable. Shipped with the program."""
