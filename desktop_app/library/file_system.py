"""What lies under a path: a disk, the network, or a file that is only in the cloud."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import psutil  # type: ignore[import-untyped]

_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afpfs", "afs"),
        *("9p", "drvfs", "virtiofs", "vboxsf", "prl_fs", "vmhgfs", "webdav", "davfs", "davfs2"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "ocfs2", "gfs", "gfs2", "coda"),
        *("fuse", "fuseblk.sshfs", "macfuse", "osxfuse"),
    )
)
_LOCAL_FUSE = frozenset(("fuse.mergerfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.bindfs"))
_COUNTS_BLOCKS = frozenset(
    (
        *("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "bcachefs"),
        *("tmpfs", "overlay", "lustre", "gpfs"),
    )
)
"""File systems whose ``st_blocks`` is to be believed. Others (FUSE, shared folders of virtual
machines) leave it 0 for files that are all there."""
_LARGEST_INLINE = 1 << 16
"""Bytes. Below, a file without blocks may lie in its inode (ext4, btrfs, f2fs) or be compressed
to nothing (zfs); the largest such file is of 4 KiB."""
_IN_CLOUD_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000
"""Windows: FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS."""
_SF_DATALESS = 0x40000000
"""macOS: the flag of a file whose data iCloud or another provider holds."""
_STUB_SUFFIX = ".icloud"


def file_system_of(path: Path) -> str:
    """The type of the file system that a path lies on, in lower case; empty if nobody knows."""
    place = os.path.realpath(path)
    best, found = -1, ""
    for partition in psutil.disk_partitions(all=True):
        mount = partition.mountpoint
        inside = os.path.join(mount, "")  # noqa: PTH118
        # The last of two mounts at one place is the one that is seen.
        if (place == mount or place.startswith(inside)) and len(mount) >= best:
            best, found = len(mount), partition.fstype
    return str(found).lower()


def is_network(file_system: str) -> bool:
    """Whether changes by other computers raise no event here: network drives, FUSE too."""
    if file_system in _LOCAL_FUSE:
        return False
    return file_system in _NETWORK or file_system.startswith("fuse.")


def is_in_cloud(path: Path | str, status: os.stat_result) -> bool:
    """Whether reading a file would have a cloud provider fetch it; the file is not opened.

    Windows and macOS say so. Elsewhere a file of more than 64 KiB that occupies no block on a
    disk counts as one: it is a placeholder, or holds nothing but zeros.
    """
    if getattr(status, "st_file_attributes", 0) & _IN_CLOUD_ATTRIBUTES:
        return True
    if getattr(status, "st_flags", 0) & _SF_DATALESS:
        return True
    if getattr(status, "st_blocks", 1) or status.st_size <= _LARGEST_INLINE:
        return False
    return stat.S_ISREG(status.st_mode) and file_system_of(Path(path)) in _COUNTS_BLOCKS


def stubbed_name(name: str) -> str | None:
    """The file that a stub of iCloud stands for: ``.a.jpg.icloud`` is ``a.jpg`` elsewhere."""
    if name.startswith(".") and name.endswith(_STUB_SUFFIX):
        return name[1 : -len(_STUB_SUFFIX)] or None
    return None
