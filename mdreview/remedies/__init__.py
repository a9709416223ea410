"""How what is wrong is mended: facts in, a Fix or None out, one module a subject."""
