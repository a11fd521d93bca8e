"""Words shared by every domain: errors, ids, time. Standard library and eventsourcing.domain only."""
