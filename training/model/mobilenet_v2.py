"""MobileNetV2 (Sandler et al. 2018, arXiv 1801.04381) as a trunk, torchvision's key names."""

from __future__ import annotations

from torch import Tensor, nn

# (expansion, channels, repeats, stride) of each group of blocks: table 2 of the paper.
_BLOCKS = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
_STRIDE_16_BLOCK = 14


class MobileNetV2(nn.Module):
    """Pixels -> feature maps at stride 16 (576 channels) and stride 32 (1280 channels)."""

    channels = (576, 1280)

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [_convolution(3, 32, 3, 2)]
        channels = 32
        for expansion, out_channels, repeats, stride in _BLOCKS:
            for repeat in range(repeats):
                layers.append(
                    _InvertedResidual(
                        channels, out_channels, stride if repeat == 0 else 1, expansion
                    )
                )
                channels = out_channels
        layers.append(_convolution(channels, 1280, 1))
        self.features = nn.Sequential(*layers)

    def forward(self, pixels: Tensor) -> list[Tensor]:
        """(b, 3, h, w) normalised -> [(b, 576, h/16, w/16), (b, 1280, h/32, w/32)]."""
        x = pixels
        stride_16 = x
        for index, layer in enumerate(self.features):
            if index == _STRIDE_16_BLOCK:
                # the widened features inside the block, before it halves the resolution; a block
                # with a stride has no residual connection
                assert isinstance(layer, _InvertedResidual)
                stride_16 = layer.conv[0](x)
                x = layer.conv[1:](stride_16)
            else:
                x = layer(x)
        return [stride_16, x]


class _InvertedResidual(nn.Module):
    def __init__(self, channels: int, out_channels: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = channels * expansion
        layers: list[nn.Module] = []
        if expansion != 1:
            layers.append(_convolution(channels, hidden, 1))
        layers += [
            _convolution(hidden, hidden, 3, stride, groups=hidden),
            nn.Conv2d(hidden, out_channels, 1, bias=False),
            nn.BatchNorm2d(out_channels),
        ]
        self.conv = nn.Sequential(*layers)
        self.is_residual = stride == 1 and channels == out_channels

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv(x)
        return x + out if self.is_residual else out


def _convolution(
    channels: int, out_channels: int, kernel: int, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, out_channels, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(out_channels),
        nn.ReLU6(inplace=True),
    )
