"""What a text says: plain values read from blocks and documents, one module a subject."""
