"""Execution providers: bound memory, and why CUDA is not had."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from desktop_app.errors import ModelMismatch, ProviderUnavailable
from desktop_app.inference.bundle import ModelBundle
from desktop_app.inference.cuda import DRIVER, nvidia_driver_is_present, why_cuda_is_not_had
from desktop_app.inference.runtime import CUDA, RuntimeOptions, Session


@pytest.fixture(scope="module")
def session(model_dir: Path) -> Session:
    return Session(model_dir / "text_encoder.onnx", RuntimeOptions("cpu"))


def test_bound_memory_gives_the_same_answers(session: Session) -> None:
    ids = np.array([[101, 1037, 3899, 102]], np.int64)
    # a view that is not contiguous: binding takes plain memory only
    inputs = {"ids": np.repeat(ids, 2, 1)[:, ::2], "mask": np.ones_like(ids)}
    plain = session.run("text_embedding", inputs)
    bound = session.run_bound(["text_embedding"], inputs, "cpu")
    np.testing.assert_array_equal(bound[0], plain)


def test_several_outputs_come_in_the_order_asked(tiny_bundle: ModelBundle) -> None:
    graph = tiny_bundle.path("image.onnx")
    session = Session(graph, RuntimeOptions("cpu"))
    photos = {"photos": np.random.default_rng(0).random((3, 3, 8, 8), np.float32)}
    tokens, embeddings = session.run_all(["tokens", "embedding"], photos)
    assert (tokens.shape, embeddings.shape) == ((3, 4, 3), (3, 12))
    np.testing.assert_array_equal(session.run("embedding", photos), embeddings)


def test_a_graph_that_refuses_its_input_is_a_known_error(session: Session) -> None:
    with pytest.raises(ModelMismatch, match="does not run"):
        session.run("text_embedding", {"ids": np.zeros((1, 2), np.float32)})


def test_a_missing_driver_is_named(tmp_path: Path) -> None:
    if nvidia_driver_is_present():
        pytest.skip("this machine has an NVIDIA driver")
    reason, hint = why_cuda_is_not_had(tmp_path, "13.0")
    assert DRIVER in reason
    assert "driver for CUDA 13" in hint


def test_missing_libraries_are_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # any library that loads can stand in for the driver
    monkeypatch.setattr("desktop_app.inference.cuda.DRIVER", None)
    reason, hint = why_cuda_is_not_had(tmp_path, "12.8")
    assert str(tmp_path) in reason
    assert "CUDA 12" in hint
    assert "pip install 'onnxruntime-gpu[cuda,cudnn]'" in hint


def test_a_session_says_why_it_has_no_cuda(model_dir: Path) -> None:
    graph = model_dir / "text_encoder.onnx"
    if CUDA in Session(graph, RuntimeOptions("auto")).obtained:
        pytest.skip("this machine has CUDA")
    with pytest.raises(ProviderUnavailable, match="CUDA was asked for, but") as refused:
        Session(graph, RuntimeOptions("cuda"))
    if CUDA in ort.get_available_providers() and not nvidia_driver_is_present():
        assert DRIVER in refused.value.message
    assert "nstall" in refused.value.hint
