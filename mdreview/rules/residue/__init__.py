"""What generators and drafts leave behind."""
