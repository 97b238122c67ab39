"""/static: files as they are. What a build named by its content never changes; of the rest, a browser asks."""

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.assets import STATIC
from service.compression import COMPRESSED

_FOREVER = "public, max-age=31536000, immutable"


class BuiltFiles(StaticFiles):
    """Files of service/static; those below built/assets/ carry a hash of their content in their name."""

    def __init__(self) -> None:
        """Serve the folder service/static."""
        super().__init__(directory=STATIC)

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        """Return a file with how long it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = STATIC / "built" / "assets" in STATIC.joinpath(full_path).parents
        if response.headers.get("content-type", "").partition(";")[0] in COMPRESSED:
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        response.headers["Cache-Control"] = _FOREVER if hashed else "no-cache"
        return response
