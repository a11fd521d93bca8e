"""The published events: their types, their envelope, and what each one's data holds."""
