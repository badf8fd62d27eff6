"""Several processes or machines that train one model (torchrun); one process is the usual case."""

from __future__ import annotations

import os
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from training.data.source import PhotoSource
from training.data.splits import SplitPhotos


class ProcessGroup:
    """This process among all of a run; every process calls the same methods in the same order."""

    def __init__(self, rank: int = 0, size: int = 1) -> None:
        """Take part as number ``rank`` of ``size``; above one torch.distributed must be set up."""
        self.rank = rank
        self.size = size

    @classmethod
    def from_environment(cls, device: torch.device) -> ProcessGroup:
        """What torchrun says in the environment; without it a group of one."""
        size = int(os.environ.get("WORLD_SIZE", "1"))
        if size == 1:
            return cls()
        if not dist.is_initialized():
            dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
        return cls(dist.get_rank(), size)

    @property
    def is_first(self) -> bool:
        """Only the first process measures and writes."""
        return self.rank == 0

    def shard(self, photos: PhotoSource) -> PhotoSource:
        """This process's share of the captioned photos, of the same size in all processes.

        Raises:
            ValueError: there are fewer photos than processes.
        """
        if self.size == 1:
            return photos
        rows = [row for row, photo in enumerate(photos.photos) if photo.captions]
        rows = rows[: len(rows) // self.size * self.size]
        names = [""] * len(photos)
        for place, row in enumerate(rows):
            names[row] = str(place % self.size)
        return SplitPhotos(photos, names, str(self.rank))

    def average_gradients(self, model: nn.Module) -> None:
        """Replace every gradient by the mean of all processes."""
        if self.size == 1:
            return
        for parameter in model.parameters():
            if parameter.requires_grad:
                if parameter.grad is None:
                    parameter.grad = torch.zeros_like(parameter)
                dist.all_reduce(parameter.grad)
                parameter.grad /= self.size

    def gather(self, rows: Tensor) -> Tensor:
        """The rows of all processes, one after another; gradients flow back to their owners.

        Every process computes the same loss from them, so the mean of the parameters' gradients
        over the processes is the gradient of that loss.

        Args:
            rows: (n, ...), n may differ between processes.
        """
        if self.size == 1:
            return rows
        gathered: Tensor = _Gather.apply(rows, self)  # type: ignore[no-untyped-call]
        return gathered

    def gather_owners(self, owners: Tensor, photos: int) -> Tensor:
        """The owners of all processes, counted in the gathered photos."""
        if self.size == 1:
            return owners
        counts = self.counts(photos, owners.device)
        return self.gather(owners + sum(counts[: self.rank]))

    def counts(self, own: int, device: torch.device) -> list[int]:
        """A number of each process."""
        number = torch.tensor([own], device=device)
        numbers = [torch.zeros_like(number) for _ in range(self.size)]
        dist.all_gather(numbers, number)
        return [int(n) for n in numbers]

    def share(self, value: Any) -> Any:
        """The first process's value, everywhere."""
        if self.size == 1:
            return value
        values = [value]
        dist.broadcast_object_list(values)
        return values[0]

    def share_model(self, model: nn.Module) -> None:
        """The first process's weights and buffers, everywhere."""
        if self.size > 1:
            for tensor in model.state_dict().values():
                dist.broadcast(tensor, 0)


class _Gather(torch.autograd.Function):
    """all_gather whose backward adds up what all processes want of this one's rows."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor, group: ProcessGroup) -> Tensor:
        counts = group.counts(len(rows), rows.device)
        ctx.start, ctx.own = sum(counts[: group.rank]), len(rows)
        padded = rows.new_zeros((max(counts), *rows.shape[1:]))
        padded[: len(rows)] = rows
        parts = [torch.empty_like(padded) for _ in counts]
        dist.all_gather(parts, padded)
        return torch.cat([part[:n] for part, n in zip(parts, counts, strict=True)])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        wanted = gradients[0].contiguous()
        dist.all_reduce(wanted)
        return wanted[ctx.start : ctx.start + ctx.own], None
