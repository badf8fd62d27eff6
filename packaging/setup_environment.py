"""Make everything that VisITA needs on this computer: ``setup_environment.py run|test|package``.

Standard library only, and syntax that any Python 3.8+ can read, so that an old Python gets a
sentence and no traceback. Safe to repeat: each finished step leaves a stamp in ``.venv/.stamps``
that names the lock file it came from, so a second run has nothing to do and an interrupted one
goes on where it stopped. ``package`` has an environment of its own, ``.venv-package``: it holds
what is packed, and ONNX Runtime's two variants exclude each other.
"""

import ctypes
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
VENV = ROOT / (".venv-package" if sys.argv[1:] == ["package"] else ".venv")
STAMPS = VENV / ".stamps"
OLDEST, NEWEST = (3, 11), (3, 13)

# Library to look for -> the Debian package that has it. Found by bisecting in an empty Debian 12:
# the first six for any window at all, the others for a window under X11.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")

# name of the step, lock file, what is said, extra pip arguments
BUILD = ("build", "build.txt", "the build tools", ("--require-hashes", "--no-deps"))
RUN = (
    "run",
    "run.txt",
    "the app's packages (about 450 MB to download; hnswlib is compiled)",
    ("--require-hashes", "--no-deps", "--no-build-isolation"),
)
DEV = ("dev", "dev.txt", "the packages for training and tests", ("--require-hashes", "--no-deps"))
# With its dependencies: everything but what belongs to a GPU is there already from the locks.
TORCH = ("torch", "torch.txt", "torch", ())
PACKAGE = (
    "package",
    "package.txt",
    "the app's packages for CPUs, and what packs them (hnswlib is compiled)",
    ("--require-hashes", "--no-deps", "--no-build-isolation"),
)
STEPS = {"run": (BUILD, RUN), "test": (BUILD, RUN, DEV, TORCH), "package": (BUILD, PACKAGE)}


class SetUpError(Exception):
    """The set-up cannot go on; the text is for the user."""


def main(arguments):
    """Set up for ``run`` (the app), ``test`` (with training and tests) or ``package``."""
    if len(arguments) != 1 or arguments[0] not in STEPS:
        print("usage: setup_environment.py run|test|package", file=sys.stderr)
        return 2
    steps = STEPS[arguments[0]]
    if not all(is_done(name, stamp_of_lock(lock)) for name, lock, _, _ in steps) or not is_done(
        "project", stamp_of_project()
    ):
        try:
            set_up(steps)
        except SetUpError as error:
            print(f"set-up: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("\nset-up: interrupted; the same command goes on from here.", file=sys.stderr)
            return 130
    return 0


def set_up(steps):
    """Do whatever is not done yet, saying each step in a line."""
    python = find_python()
    if Path(python).resolve() != Path(sys.executable).resolve():
        say(f"using {python}")
        raise SystemExit(subprocess.call([python, str(Path(__file__)), *sys.argv[1:]]))
    install_system_packages(missing_system_packages())
    make_venv()
    for name, lock, words, options in steps:
        step(name, stamp_of_lock(lock), words, [*options, "--requirement", str(LOCKS / lock)])
    step(
        "project",
        stamp_of_project(),
        "VisITA itself",
        ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    )


def find_python():
    """This Python if it is new enough, else one from the PATH."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise SetUpError(
        "VisITA needs Python 3.11, 3.12 or 3.13; this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]} and there is no other on the PATH."
    )


def missing_system_packages():
    """Debian names of what this computer lacks, found by looking for the things themselves."""
    minor = f"python3.{sys.version_info[1]}"
    missing = []
    try:
        import ensurepip  # noqa: F401  Debian leaves it out of python3
        import venv  # noqa: F401
    except ImportError:
        missing.append(f"{minor}-venv")
    if sys.platform == "win32":
        return missing
    if not (shutil.which("g++") or shutil.which("c++")):
        missing.append("g++")
    if not (Path(sysconfig.get_paths()["include"]) / "Python.h").is_file():
        missing.append(f"{minor}-dev")
    if sys.platform.startswith("linux"):
        missing += [package for library, package in QT_LIBRARIES.items() if not loads(library)]
        if not has_font():
            missing.append("fonts-dejavu-core")
    return missing


def loads(library):
    """Whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font():
    """Whether there is any scalable font; without one a window shows boxes."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(
        name.lower().endswith((".ttf", ".otf", ".ttc"))
        for folder in folders
        for _, _, names in os.walk(str(folder))
        for name in names
    )


def install_system_packages(packages):
    """Install with apt-get when that is possible and allowed, else say the exact command.

    Raises:
        SetUpError: the user has to do it.
    """
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetUpError(
            "these are missing and have to be installed by this system's own means "
            f"(Debian's names): {' '.join(packages)}"
        )
    if os.geteuid() != 0:
        raise SetUpError(
            "system packages are missing. Please run this, then repeat the command:\n"
            f"    sudo apt-get update && sudo {' '.join(install)}"
        )
    started = say(f"system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install):
        quiet(command, environment)
    still_missing = missing_system_packages()
    if still_missing:
        raise SetUpError(f"apt-get was content, yet these are missing: {' '.join(still_missing)}")
    done(started)


def make_venv():
    """A virtual environment with a working pip in ``.venv``; a broken one is made anew."""
    if venv_works():
        return
    started = say(f"a virtual environment in {VENV.name}")
    quiet([sys.executable, "-m", "venv", "--clear", str(VENV)])
    done(started)


def venv_works():
    """Whether ``.venv`` runs a Python of the right age, with pip."""
    probe = "import pip, sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))"
    try:
        return (
            subprocess.run([venv_python(), "-c", probe], stderr=subprocess.DEVNULL).returncode == 0
        )
    except OSError:
        return False


def step(name, stamp, words, pip_arguments):
    """One pip call, unless its stamp says that it was done."""
    if is_done(name, stamp):
        return
    started = say(words)
    environment = {
        **os.environ,
        "HNSWLIB_NO_NATIVE": "1",
    }  # a binary for this CPU only dies on older
    pip = [venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    quiet([*pip, "install", "--no-warn-script-location", *pip_arguments], environment)
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(stamp)
    done(started)


def is_done(name, stamp):
    """Whether a step was finished with the same input."""
    try:
        return (STAMPS / name).read_text() == stamp
    except OSError:
        return False


def stamp_of_lock(lock):
    """What a finished step of a lock file leaves behind."""
    return hashlib.sha256((LOCKS / lock).read_bytes()).hexdigest()


def stamp_of_project():
    """The editable install holds paths, so a folder that was moved needs a new one."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + bytes(ROOT)).hexdigest()


def venv_python():
    """The Python inside ``.venv``."""
    return str(VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def quiet(command, environment=None):
    """Run a command and show its output only if it fails.

    Raises:
        SetUpError: it failed.
    """
    result = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode != 0:
        print(result.stdout.decode(errors="replace"), file=sys.stderr)
        raise SetUpError(
            f"'{Path(command[0]).name} {' '.join(command[1:4])} ...' failed; its words are above. "
            "The same command goes on from here."
        )


def say(words):
    """Announce a step; answers when it began."""
    print(f"set-up: {words} ...", flush=True)
    return time.monotonic()


def done(started):
    """Say how long the step took."""
    print(f"        done in {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
