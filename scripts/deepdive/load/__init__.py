"""docs/ to a Corpus of tables and pages, with diagnostics. Never raises on content."""
