"""Answer letters out of attachments: which file is the letter, and what it says. PDF with text, DOCX and ODT."""

from ingest.documents.file import File, Unreadable
from ingest.documents.mailed import attachments
from ingest.documents.reading import letter_in, text_of

__all__ = ["File", "Unreadable", "attachments", "letter_in", "text_of"]
