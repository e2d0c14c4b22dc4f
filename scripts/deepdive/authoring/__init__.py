"""New rows from answers: asked at a terminal, or given in an issue form by somebody we do not know."""
