"""What pre-commit and prek run: `check` and `fix` on the files of a commit, without a word when all is well."""
