"""Import and export: one module per file format."""
