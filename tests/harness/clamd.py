"""A virus scanner for the tests that speaks as clamd does and knows the EICAR test file.

python clamd.py tcp | unix:PATH | broken    prints its address
"""

import socketserver
import struct
import sys

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if sys.argv[1] == "broken":
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in self.content() else b"stream: OK\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def content(self) -> bytes:
        received = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            received += self.rfile.read(size)
        return received


if __name__ == "__main__":
    where = sys.argv[1]
    server = (
        socketserver.UnixStreamServer(where.removeprefix("unix:"), Scanner)
        if where.startswith("unix:")
        else socketserver.TCPServer(("127.0.0.1", 0), Scanner)
    )
    address = server.server_address
    print(f"unix://{address}" if isinstance(address, str) else f"tcp://127.0.0.1:{address[1]}", flush=True)  # type: ignore[str-bytes-safe]
    server.serve_forever()
