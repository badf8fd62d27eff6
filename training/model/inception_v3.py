"""Inception v3 (Szegedy et al. 2015, arXiv 1512.00567) up to Mixed_7a, torchvision's key names."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class InceptionV3(nn.Module):
    """Pixels -> feature maps of Mixed_6e (stride 16, 768 channels) and Mixed_7a (32, 1280)."""

    channels = (768, 1280)

    def __init__(self) -> None:
        super().__init__()
        self.Conv2d_1a_3x3 = _Convolution(3, 32, 3, stride=2)
        self.Conv2d_2a_3x3 = _Convolution(32, 32, 3)
        self.Conv2d_2b_3x3 = _Convolution(32, 64, 3, padding=1)
        self.Conv2d_3b_1x1 = _Convolution(64, 80, 1)
        self.Conv2d_4a_3x3 = _Convolution(80, 192, 3)
        self.Mixed_5b = _BlockA(192, 32)
        self.Mixed_5c = _BlockA(256, 64)
        self.Mixed_5d = _BlockA(288, 64)
        self.Mixed_6a = _ReductionB(288)
        self.Mixed_6b = _BlockC(768, 128)
        self.Mixed_6c = _BlockC(768, 160)
        self.Mixed_6d = _BlockC(768, 160)
        self.Mixed_6e = _BlockC(768, 192)
        self.Mixed_7a = _ReductionD(768)

    def forward(self, pixels: Tensor) -> list[Tensor]:
        """(b, 3, h, w) in [-1, 1] -> [(b, 768, ~h/16, ~w/16), (b, 1280, ~h/32, ~w/32)]."""
        x = self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(pixels)))
        x = F.max_pool2d(x, 3, 2)
        x = self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(x))
        x = F.max_pool2d(x, 3, 2)
        x = self.Mixed_5d(self.Mixed_5c(self.Mixed_5b(x)))
        x = self.Mixed_6c(self.Mixed_6b(self.Mixed_6a(x)))
        mixed_6e = self.Mixed_6e(self.Mixed_6d(x))
        return [mixed_6e, self.Mixed_7a(mixed_6e)]


class _Convolution(nn.Module):
    def __init__(
        self,
        channels: int,
        out_channels: int,
        kernel: int | tuple[int, int],
        stride: int = 1,
        padding: int | tuple[int, int] = 0,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, out_channels, kernel, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(out_channels, eps=0.001)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.bn(self.conv(x)), inplace=True)


class _PooledConvolution(_Convolution):
    """A mean over 3 x 3 pixels and a 1 x 1 convolution, the convolution first.

    The two commute, because both are linear and the mean divides by the pixels inside the photo
    only (as the 2015 release does, unlike torchvision). There are 192 channels to average after
    the convolution and 768 before: a sixth of the whole int8 graph's time.
    """

    def forward(self, x: Tensor) -> Tensor:
        narrow = self.bn(self.conv(x))
        return F.relu(F.avg_pool2d(narrow, 3, 1, 1, count_include_pad=False), inplace=True)


class _BlockA(nn.Module):
    def __init__(self, channels: int, pool_channels: int) -> None:
        super().__init__()
        self.branch1x1 = _Convolution(channels, 64, 1)
        self.branch5x5_1 = _Convolution(channels, 48, 1)
        self.branch5x5_2 = _Convolution(48, 64, 5, padding=2)
        self.branch3x3dbl_1 = _Convolution(channels, 64, 1)
        self.branch3x3dbl_2 = _Convolution(64, 96, 3, padding=1)
        self.branch3x3dbl_3 = _Convolution(96, 96, 3, padding=1)
        self.branch_pool = _PooledConvolution(channels, pool_channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            [
                self.branch1x1(x),
                self.branch5x5_2(self.branch5x5_1(x)),
                self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))),
                self.branch_pool(x),
            ],
            1,
        )


class _ReductionB(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branch3x3 = _Convolution(channels, 384, 3, stride=2)
        self.branch3x3dbl_1 = _Convolution(channels, 64, 1)
        self.branch3x3dbl_2 = _Convolution(64, 96, 3, padding=1)
        self.branch3x3dbl_3 = _Convolution(96, 96, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            [
                self.branch3x3(x),
                self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))),
                F.max_pool2d(x, 3, 2),
            ],
            1,
        )


class _BlockC(nn.Module):
    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        row, column = (1, 7), (7, 1)
        row_padding, column_padding = (0, 3), (3, 0)
        self.branch1x1 = _Convolution(channels, 192, 1)
        self.branch7x7_1 = _Convolution(channels, width, 1)
        self.branch7x7_2 = _Convolution(width, width, row, padding=row_padding)
        self.branch7x7_3 = _Convolution(width, 192, column, padding=column_padding)
        self.branch7x7dbl_1 = _Convolution(channels, width, 1)
        self.branch7x7dbl_2 = _Convolution(width, width, column, padding=column_padding)
        self.branch7x7dbl_3 = _Convolution(width, width, row, padding=row_padding)
        self.branch7x7dbl_4 = _Convolution(width, width, column, padding=column_padding)
        self.branch7x7dbl_5 = _Convolution(width, 192, row, padding=row_padding)
        self.branch_pool = _PooledConvolution(channels, 192, 1)

    def forward(self, x: Tensor) -> Tensor:
        double = self.branch7x7dbl_3(self.branch7x7dbl_2(self.branch7x7dbl_1(x)))
        return torch.cat(
            [
                self.branch1x1(x),
                self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(x))),
                self.branch7x7dbl_5(self.branch7x7dbl_4(double)),
                self.branch_pool(x),
            ],
            1,
        )


class _ReductionD(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branch3x3_1 = _Convolution(channels, 192, 1)
        self.branch3x3_2 = _Convolution(192, 320, 3, stride=2)
        self.branch7x7x3_1 = _Convolution(channels, 192, 1)
        self.branch7x7x3_2 = _Convolution(192, 192, (1, 7), padding=(0, 3))
        self.branch7x7x3_3 = _Convolution(192, 192, (7, 1), padding=(3, 0))
        self.branch7x7x3_4 = _Convolution(192, 192, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        last = self.branch7x7x3_3(self.branch7x7x3_2(self.branch7x7x3_1(x)))
        return torch.cat(
            [
                self.branch3x3_2(self.branch3x3_1(x)),
                self.branch7x7x3_4(last),
                F.max_pool2d(x, 3, 2),
            ],
            1,
        )
