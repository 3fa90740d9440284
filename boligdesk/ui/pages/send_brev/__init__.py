"""Before a letter is finished and sent: what matters, and one act."""
