"""What we owe, to whom, in which words: duties, deadlines, letters, sending."""
