"""A network that misbehaves: a proxy before one server, which a test tells what to do to the bytes that pass.

It is not a server of its own, so it is not in SERVERS. Chance comes from the seed it is given.
"""
import asyncio
import contextlib
import random
import socket
import struct
import threading

from .redis_server import free_port

CHUNK = 65536
ABORT = struct.pack("ii", 1, 0)  # SO_LINGER of nothing: the connection ends with a reset


class FaultyProxy:
    """Passes everything on until `fault` says otherwise; connections that are open feel it too.

    delay SECONDS     each piece of an answer comes so much later
    cut SHARE         so many of the pieces of an answer arrive by half; then the connection is closed
    reset SHARE       in place of so many of the pieces of an answer the connection is reset
    answer STATUS     every request is answered with this HTTP status, and nothing is passed on
    """

    def __init__(self, target_port, seed=17):
        self.target_port, self.port = target_port, free_port()
        self.chance = random.Random(seed)
        self.fault, self.amount = None, None
        self.loop = asyncio.new_event_loop()
        self.listening = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self):
        self.thread.start()
        assert self.listening.wait(10), "the proxy does not listen"
        return self

    def stop(self):
        self.loop.call_soon_threadsafe(self.end.set)
        self.thread.join(10)

    @contextlib.contextmanager
    def misbehaving(self, fault, amount):
        self.fault, self.amount = fault, amount
        try:
            yield
        finally:
            self.fault, self.amount = None, None

    def _run(self):
        self.loop.run_until_complete(self._serve())
        self.loop.close()

    async def _serve(self):
        self.end, self.connections = asyncio.Event(), set()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.listening.set()
        await self.end.wait()
        server.close()
        for task in self.connections:
            task.cancel()
        await asyncio.gather(*self.connections, return_exceptions=True)

    async def _connected(self, reader, writer):
        self.connections.add(asyncio.current_task())
        try:
            with contextlib.suppress(OSError, EOFError):
                await self._pass_on(reader, writer)
        finally:
            writer.close()
            self.connections.discard(asyncio.current_task())

    async def _pass_on(self, reader, writer):
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target_port)
        except OSError:
            abort(writer)  # as the system would answer for a server that is not there
            return
        ways = [asyncio.ensure_future(self._ask(reader, back, writer)), asyncio.ensure_future(self._answer(there, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            back.close()

    async def _ask(self, reader, server, client):
        while piece := await reader.read(CHUNK):
            if self.fault == "answer":
                client.write(f"HTTP/1.1 {self.amount} Fault\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                await client.drain()
                return
            server.write(piece)
            await server.drain()

    async def _answer(self, server, client):
        while piece := await server.read(CHUNK):
            if self.fault == "delay":
                await asyncio.sleep(self.amount)
            elif self.fault == "cut" and self.chance.random() < self.amount:
                client.write(piece[:len(piece) // 2])
                await client.drain()
                return
            elif self.fault == "reset" and self.chance.random() < self.amount:
                abort(client)
                return
            client.write(piece)
            await client.drain()


def abort(writer):
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
    writer.transport.abort()
