"""Leave for people and programs: who may, what they can do, what they are shown."""
