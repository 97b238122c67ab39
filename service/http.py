"""Connections: uvicorn's HTTP protocol on httptools, with a bound on the head of a request and errors as problems."""

import json

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.problems import PROBLEM_TYPES

LARGEST_HEAD = 1 << 16
"""Bytes of request line and headers together; the parser takes no longer address."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """Answers a request with a longer head with 431 instead of keeping all of it; what is no HTTP at all gets 400."""

    _head = 0  # bytes since the last request was complete that may belong to the head of the next

    def data_received(self, data: bytes) -> None:
        """Take bytes from the client."""
        self._head += len(data)
        super().data_received(data)
        if self._head > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse("request-head-too-large", f"Request line and headers may have {LARGEST_HEAD} bytes together.")

    def on_headers_complete(self) -> None:
        """Begin to count anew, and start the request."""
        self._head = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body, which the application keeps within its own bounds."""
        self._head = 0
        super().on_body(body)

    def send_400_response(self, msg: str) -> None:
        """Say that this is no HTTP."""
        if len(getattr(self, "url", b"")) > LARGEST_HEAD:
            self._refuse("request-head-too-large", f"An address may have {LARGEST_HEAD} bytes.")
        else:
            self._refuse("malformed-request", msg)

    def _refuse(self, slug: str, detail: str) -> None:
        kind = PROBLEM_TYPES[slug]
        title, advice = kind.title["en"], kind.advice["en"]
        problem = {"type": kind.iri, "title": title, "status": kind.status, "detail": detail, "advice": advice}
        body = json.dumps(problem).encode()
        head = (
            f"HTTP/1.1 {kind.status.value} {kind.status.phrase}\r\ncontent-type: application/problem+json\r\n"
            f"content-language: en\r\ncontent-length: {len(body)}\r\naccess-control-allow-origin: *\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()
