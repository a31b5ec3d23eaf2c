"""The service that the apps wait for: ``python upstream.py PORT``. It answers every request after 50 ms."""

import asyncio
import sys
from contextlib import suppress

SECONDS = 0.05
BODY = b'{"quote": "Simple is better than complex."}'
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection until it is closed."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(SECONDS)
            writer.write(RESPONSE)
            await writer.drain()
    writer.close()


async def main(port: int) -> None:
    """Serve until the process is stopped."""
    server = await asyncio.start_server(answer, "127.0.0.1", port, backlog=4_096)
    await server.serve_forever()


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(main(int(sys.argv[1])))
    else:
        uvloop.run(main(int(sys.argv[1])))
