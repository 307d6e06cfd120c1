"""How fast a mail goes the whole way, measured against merely fetching and parsing it. Not part of what is shipped."""
