"""Word embeddings from scratch in NumPy: the science behind the page, one idea per file."""
