"""Write the lock files in packaging/locks (``make lock``; ``make lock UPGRADE=1`` for newer ones).

build.txt   what builds hnswlib and VisITA
run.txt     what the app needs to run, the demo photos, and names of places
dev.txt     what training, export and the tests need on top
package.txt what `make package` packs and packs with: run.txt with ONNX Runtime for CPUs, which is a
            fifth of the size and runs everywhere, plus the tools
torch.txt   torch alone and without a hash, because its wheels differ between CPU and CUDA machines

Every line but torch's carries the hashes of all of that version's wheels, so the same files hold
on Linux, Windows and macOS.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
RUN = ("--extra", "demo", "--extra", "places")
HEADER = "# Written by packaging/lock.py (make lock). Do not edit.\n"
# torch brings these along where they are wanted; a machine without an NVIDIA GPU wants none.
BROUGHT_BY_TORCH = re.compile(r"^(torch|triton|nvidia-.*|cuda-.*)$")
# pip-compile resolves for the machine it runs on; these are for the others.
ELSEWHERE = {
    "onnxruntime": "(sys_platform != 'linux' or platform_machine != 'x86_64') "
    "and (sys_platform != 'win32' or platform_machine != 'AMD64')",
    "colorama": "sys_platform == 'win32'",
}
TOOLS_ELSEWHERE = {
    "pefile": "sys_platform == 'win32'",
    "pywin32-ctypes": "sys_platform == 'win32'",
    "macholib": "sys_platform == 'darwin'",
}


def main() -> None:
    """Write all lock files."""
    upgrade = "--upgrade" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        run = compile_pins("run", [*RUN, "pyproject.toml"], scratch, upgrade)
        constraint = write_constraint(scratch / "run-pins.txt", run)
        build = compile_pins(
            "build",
            ["--constraint", str(constraint), str(LOCKS / "build.in")],
            scratch,
            upgrade,
        )
        write_constraint(constraint, build | run)
        extras = ["--extra", "training", "--extra", "dev", "--constraint", str(constraint)]
        dev = compile_pins("dev", [*extras, "pyproject.toml"], scratch, upgrade)
        version = version_of(run["onnxruntime-gpu"])
        run |= elsewhere(ELSEWHERE, [f"onnxruntime=={version}", "colorama"], scratch)
        tools = compile_pins(
            "package",
            ["--constraint", str(constraint), str(LOCKS / "package.in")],
            scratch,
            upgrade,
        )
        tools |= elsewhere(TOOLS_ELSEWHERE, list(TOOLS_ELSEWHERE), scratch)
    dev = {name: pin for name, pin in dev.items() if name not in build | run}
    torch_version = version_of(dev["torch"]).partition("+")[0]
    dev = {name: pin for name, pin in dev.items() if not BROUGHT_BY_TORCH.match(name)}
    package = run | {name: pin for name, pin in tools.items() if name not in build | run}
    del package["onnxruntime-gpu"]
    package["onnxruntime"] = without_marker(package["onnxruntime"])
    locks = {"build": build, "run": run, "dev": dev, "package": package}
    for file, pins in locks.items():
        text = HEADER + "".join(pins[name] for name in sorted(pins))
        (LOCKS / f"{file}.txt").write_text(text, "utf-8")
    (LOCKS / "torch.txt").write_text(f"{HEADER}torch=={torch_version}\n", "utf-8")


def compile_pins(name: str, arguments: list[str], scratch: Path, upgrade: bool) -> dict[str, str]:
    """Run pip-compile; answers requirement lines with hashes by package name."""
    output = scratch / f"{name}.txt"
    # pip-compile keeps the versions that its output file names already.
    known = LOCKS / f"{name}.txt"
    if known.exists() and not upgrade:
        output.write_bytes(known.read_bytes())
    command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes"]
    command += ["--allow-unsafe", "--no-emit-index-url", "--no-emit-find-links", "--no-header"]
    command += ["--no-emit-trusted-host", "--no-annotate", "--strip-extras"]
    command += ["--upgrade"] if upgrade else []
    subprocess.run(
        [*command, "--output-file", str(output), *arguments],
        cwd=ROOT,
        check=True,
        env={**os.environ, "CUSTOM_COMPILE_COMMAND": "make lock"},
    )
    return parse(output.read_text("utf-8"))


def parse(text: str) -> dict[str, str]:
    """Split a lock file into whole requirements (lines joined by backslashes) by package name."""
    pins: dict[str, str] = {}
    for block in re.split(r"(?<!\\)\n", text):
        found = re.match(r"([A-Za-z0-9._-]+)==", block)
        if found:
            pins[found[1].lower()] = block + "\n"
    return pins


def version_of(pin: str) -> str:
    """The version that a requirement pins."""
    found = re.match(r"[^=]+==([^\s;\\]+)", pin)
    if found is None:
        raise ValueError(f"no version in {pin!r}")
    return found[1]


def write_constraint(path: Path, pins: dict[str, str]) -> Path:
    """Versions without hashes, for a later run of pip-compile."""
    path.write_text("".join(f"{name}=={version_of(pin)}\n" for name, pin in pins.items()), "utf-8")
    return path


def without_marker(pin: str) -> str:
    """The requirement for every machine."""
    return re.sub(r"^(\S+) ;[^\\]*", r"\1 ", pin, count=1)


def elsewhere(markers: dict[str, str], wanted: list[str], scratch: Path) -> dict[str, str]:
    """Pins, with markers, of the packages that only other platforms need.

    Args:
        markers: where each package is needed.
        wanted: requirements that bring them all.
        scratch: for files in between.
    """
    source = scratch / "elsewhere.in"
    source.write_text("\n".join(wanted), "utf-8")
    pins = compile_pins("elsewhere", [str(source)], scratch, upgrade=True)
    return {
        name: re.sub(r"^(\S+)", rf"\1 ; {marker}", pins[name], count=1)
        for name, marker in markers.items()
    }


if __name__ == "__main__":
    main()
