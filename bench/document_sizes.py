#!/usr/bin/env python3
"""Issues the samples as documents under a seal whose picture takes 30 KB, one for each type, and prints how large each is
and what in it takes the most room. Exit 1 when one has more than 120 KB or is missing. Usage: document_sizes.py ELIC SAMPLES [--picture BYTES]"""
import argparse
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

BAR = 120 * 1024


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def noise_of(size):
    """A PNG of about `size` bytes that nothing packs smaller: grey noise, 256 wide."""
    height = (size - 70) // 257
    dice = random.Random(1)
    rows = b"".join(b"\0" + dice.randbytes(256) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 256, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b""))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("elic", type=pathlib.Path)
    parser.add_argument("samples", type=pathlib.Path)
    parser.add_argument("--picture", type=int, default=30 * 1024)
    options = parser.parse_args()

    def run(*words):
        done = subprocess.run([options.elic.resolve(), *map(str, words)], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"elic {' '.join(map(str, words))}: {done.stderr}")

    with tempfile.TemporaryDirectory() as base:
        demo = pathlib.Path(base) / "demo"
        run("demo", "--dir", demo)
        office, made_by = demo / "office", demo / "ca"
        picture = demo / "seal.png"
        picture.write_bytes(noise_of(options.picture))
        # The demo's licenses again, as an office does that has lost its documents and has another seal.
        (office / "seal.esl").unlink()
        shutil.rmtree(office / "sealed")
        run("seal", "make", "--maker-key", made_by / "seal-maker.key.pem", "--maker-cert", made_by / "seal-maker.pem",
            "--sealer-cert", office / "sealer.pem", "--picture", picture, "--width", 40, "--height", 40,
            "--name", "示例省政务服务局（测试）", "--out", office / "seal.esl")
        samples = sorted(options.samples.glob("*.json"))
        run("issue", "--office", office, *samples, "--format", "ofd", "--out", demo / "large")
        documents = sorted((demo / "large").rglob("*.ofd"), key=lambda path: path.stat().st_size)
        within = sum(path.stat().st_size <= BAR for path in documents)
        for path in documents:
            packed = {"fonts": 0, "seal": 0, "rest": 0}
            for entry in zipfile.ZipFile(path).infolist():
                kind = ("fonts" if entry.filename.endswith(".ttf") else
                        "seal" if entry.filename.endswith((".esl", ".dat")) else "rest")
                packed[kind] += entry.compress_size
            print(f"{path.stem.split('.')[5]}  {path.stat().st_size:7} bytes: " +
                  ", ".join(f"{name} {size}" for name, size in packed.items()))
        print(f"picture of the seal {picture.stat().st_size} bytes; {within} of {len(documents)} at most {BAR} bytes")
        if len(documents) != len(samples):
            sys.exit(f"{len(samples)} samples, {len(documents)} documents")
        return 0 if samples and within == len(samples) else 1


if __name__ == "__main__":
    sys.exit(main())
