"""Bytes over a socket, for requests no HTTP library would send."""
import socket


class RawConnection:
    def __init__(self, port, seconds=20):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode())
        return self

    def read_head(self):
        while b"\r\n\r\n" not in self.buffer:
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError(f"closed after {self.buffer[:200]!r}")
            self.buffer += more
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        return int(lines[0].split()[1]), headers

    def read_answer(self, body=True):
        """Status, headers, body of the next final answer."""
        status, headers = self.read_head()
        length = int(headers.get("content-length", 0)) if body else 0
        while len(self.buffer) < length:
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError("closed inside a body")
            self.buffer += more
        content, self.buffer = self.buffer[:length], self.buffer[length:]
        return status, headers, content

    def is_closed(self):
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True


def one_shot(port, request):
    with RawConnection(port) as connection:
        return connection.send(request).read_answer()
