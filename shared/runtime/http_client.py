"""HTTP to services of one's own deployment: asked directly, whatever proxy the environment names for the world."""

from __future__ import annotations

import urllib.request

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
