"""Paints coloured noise on the display, again and again: pictures that are sent as JPEG."""

import os
import random
import socket
import struct
import sys
import time
from pathlib import Path

WIDTH, HEIGHT, TIMES = 640, 96, 200

cookie = Path(os.environ["XAUTHORITY"]).read_bytes()[-16:]
display = socket.socket(socket.AF_UNIX)
display.connect(f"/tmp/.X11-unix/X{os.environ['DISPLAY'][1:]}")
display.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 18, 16))
display.sendall(b"MIT-MAGIC-COOKIE-1\0\0" + cookie)
answer = display.makefile("rb")
accepted, more = struct.unpack("<B5xH", answer.read(8))
body = answer.read(more * 4)
assert accepted == 1, body
(base,) = struct.unpack_from("<I", body, 4)
vendor, formats = struct.unpack("<16xH3xB", body[:22])
(root,) = struct.unpack_from("<I", body, 32 + vendor + -vendor % 4 + 8 * formats)
display.sendall(struct.pack("<BxHIII", 55, 4, base, root, 0))  # A graphics context.
words = WIDTH * HEIGHT + 6
for time_ in range(TIMES):
    noise = random.Random(time_).randbytes(WIDTH * HEIGHT * 4)
    put = struct.pack("<BBHIIHHHHBB2x", 72, 2, words, root, base, WIDTH, HEIGHT, 0, 0, 0, 24)
    display.sendall(put + noise)
    time.sleep(0.05)
print("painted", file=sys.stderr)
