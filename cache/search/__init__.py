"""From what people type to lists and ranked entries with snippets. Reads only; imports db and values."""
