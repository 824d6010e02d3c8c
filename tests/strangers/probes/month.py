"""A month of a bridge's waits in CPython: sleep, a queue with a limit, an event, and a server of threads beside them."""
import http.server
import os
import queue
import signal
import sys
import threading
import time
import urllib.request

HOUR = 3600


def ask(path):
    request = urllib.request.Request(os.environ["OPENCX_URL"] + path, headers={"Authorization": "Bearer " + os.environ["OPENCX_API_KEY"]})
    urllib.request.urlopen(request, timeout=30).close()


def every(hours, path, wait):
    """Asks after each wait, and ends the program when its two clocks did not both move by it, or by less. Late they may be."""
    while True:
        wall, steady = time.time(), time.monotonic()
        wait(hours * HOUR)
        by_wall, by_steady = time.time() - wall, time.monotonic() - steady
        if by_wall < hours * HOUR - 1 or abs(by_wall - by_steady) > 1:
            print(f"waited {by_wall} s and {by_steady} s for {hours} h", file=sys.stderr)
            os._exit(1)
        ask(path)


def from_empty_queue(seconds):
    try:
        queue.Queue().get(timeout=seconds)
    except queue.Empty:
        pass


class Door(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *_):
        pass


def main():
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    waits = [
        (1, "/chat/sessions?channel_type=email", time.sleep),
        (6, "/blocklist/contacts", from_empty_queue),
        (24, "/blocklist/domains", threading.Event().wait),
    ]
    for wait in waits:
        threading.Thread(target=every, args=wait, daemon=True).start()
    host, port = os.environ["CASEWIRE_LISTEN"].rsplit(":", 1)
    http.server.ThreadingHTTPServer((host, int(port)), Door).serve_forever()


main()
