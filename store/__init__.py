"""What we know: facts about mails, Cases and letters, never a deadline. Imports only nouns of ingest and classify."""
