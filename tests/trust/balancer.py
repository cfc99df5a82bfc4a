"""A balancer as a process: `python -m tests.trust.balancer FILE PORT BACKEND …` shares connections among web servers.

The file names the port of the one that is being drained: it gets no new connections. One that does not answer is
passed over.
"""

import asyncio
import sys
from contextlib import suppress
from itertools import cycle
from pathlib import Path

CHUNK = 65_536


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes until one side ends."""
    with suppress(ConnectionError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    writer.close()


async def serve(drained: Path, port: int, backends: list[int]) -> None:
    turns = cycle(range(len(backends)))

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turns)
        for backend in backends[first:] + backends[:first]:
            if str(backend) == drained.read_text():
                continue
            try:
                there = await asyncio.open_connection("127.0.0.1", backend)
            except ConnectionError:
                continue
            await asyncio.gather(carry(reader, there[1]), carry(there[0], writer))
            return
        writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), [int(port) for port in sys.argv[3:]]))
