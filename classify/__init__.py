"""What it is: type, categories, remedy and urgency of a reaction, each with evidence. Imports only nouns of ingest."""
