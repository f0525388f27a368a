"""A site for players on this machine, private to one test: the files of a folder, and the page player.html.

The only argument is JSON: `root` is the folder. The first line of output is {"port": …}; each further one is what a page
said it has seen (POST /seen).
"""

import json
import os
import re
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

options = json.loads(sys.argv[1])
page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "player.html")


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {
        ".m3u8": "application/vnd.apple.mpegurl",
        ".m4s": "video/mp4",
        ".mp4": "video/mp4",
        ".vtt": "text/vtt",
        ".html": "text/html",
        "": "application/octet-stream",
    }

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=options["root"])

    def log_message(self, *arguments):
        pass

    def translate_path(self, path):
        return page if path.startswith("/player.html") else super().translate_path(path)

    def do_GET(self):
        try:
            with open(self.translate_path(self.path), "rb") as file:
                content = file.read()
        except OSError:
            return self.send_error(404)
        piece = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first = int(piece[1]) if piece else 0
        last = min(int(piece[2]), len(content) - 1) if piece and piece[2] else len(content) - 1
        self.send_response(206 if piece else 200)
        if piece:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", self.guess_type(self.translate_path(self.path)))
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(content[first : last + 1])

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        # In one piece: two pages may speak at once.
        sys.stdout.write(content.decode() + "\n")
        sys.stdout.flush()
        self.send_response(204)
        self.end_headers()


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
