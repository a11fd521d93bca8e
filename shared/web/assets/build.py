"""Build ``shared/web/static/carers.css`` from the GOV.UK Design System: ``python -m shared.web.assets.build``.

Needs npm and its registry; the result is committed, so nobody needs either to run the project.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parent
STYLESHEET = SOURCES.parent / "static" / "carers.css"


def build(folder: Path) -> bytes:
    """The stylesheet, compiled in an empty folder with the versions that package.json pins."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to build the stylesheet. Install Node.js 20 or later.")
    for name in ("package.json", ".npmrc", "carers.scss"):
        shutil.copy(SOURCES / name, folder)
    install = [npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True)  # noqa: S603 - fixed words only
    sass = folder / "node_modules" / ".bin" / "sass"
    options = ["--no-source-map", "--style=compressed", "--load-path=node_modules/govuk-frontend/dist"]
    built = subprocess.run(  # noqa: S603 - fixed words only
        [sass, *options, "carers.scss"], cwd=folder, check=True, capture_output=True
    )
    return built.stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        STYLESHEET.write_bytes(build(Path(temporary)))
