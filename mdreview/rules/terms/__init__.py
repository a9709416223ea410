"""Terms and abbreviations in two languages."""
