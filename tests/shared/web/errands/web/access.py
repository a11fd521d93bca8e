"""Who may what with errands."""

from shared.web.access import Access

ACCESS: Access = {
    ("carer", "write", "own"): ("*",),
    ("carer", "read", "own"): ("*",),
    ("carer", "read", "reports"): ("day",),
    ("hr", "read", "organisation"): ("day", "part"),
}
