"""The two databases of a service and the keys beside them: its log, its read side, its persons' keys."""
