"""Answer letters out of attachments: which file is the letter, and what it says. PDF with text, DOCX and ODT."""

from ingest.documents.file import NOTHING_IN_IT, SCAN, File, Unreadable
from ingest.documents.mailed import attachments
from ingest.documents.reading import fields_of, letter_in, text_of

__all__ = ["NOTHING_IN_IT", "SCAN", "File", "Unreadable", "attachments", "fields_of", "letter_in", "text_of"]
