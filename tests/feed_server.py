"""A server on loopback whose answers tests set, and which keeps what it was asked."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FeedServer:
    """The server; use as a context manager.

    pages: {path: (status, headers, body)}; body may be bytes or a list of pieces, sent `pause` seconds apart.
    asked: (path, headers) of each request.
    """

    def __init__(self):
        self.pages, self.asked, self.pause = {}, [], 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.answer(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def serve(self, path, body=b"", status=200, **headers):
        self.pages[path] = (status, {key.replace("_", "-"): value for key, value in headers.items()}, body)
        return self.url + path

    def answer(self, handler):
        self.asked.append((handler.path, dict(handler.headers)))
        status, headers, body = self.pages.get(handler.path.partition("?")[0], (404, {}, b"not here"))
        marks = (headers.get("ETag"), headers.get("Last-Modified"))
        sent = (handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since"))
        if status == 200 and any(mark and mark == one for mark, one in zip(marks, sent, strict=True)):
            status, body = 304, b""
        pieces = [body] if isinstance(body, bytes) else body
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            handler.send_response(status)
            for key, value in headers.items():
                handler.send_header(key, value)
            handler.send_header("Content-Length", str(sum(map(len, pieces))))
            handler.end_headers()
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(self.pause)
