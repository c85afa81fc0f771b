"""The second reader beside a real server: a llama.cpp model of random weights, made here, held to the schema."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from corpus_lib import analyse
from corpus_lib.reader import SecondReader
from corpus_lib.structure import article_of

PYTHON = os.environ.get("CORPUS_LIB_LLAMA_PYTHON", sys.executable)
"""The Python that has ``llama-cpp-python[server]`` and ``gguf``, where they are installed apart."""

HAS = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ('llama_cpp', 'gguf', 'uvicorn'))))"

MAKE = """
import sys
import numpy as np
from gguf import GGUFWriter, TokenType

random = np.random.default_rng(0)
width, hidden, heads, context = 32, 64, 2, 16384
tokens = ["<unk>", "<s>", "</s>", *(f"<0x{n:02X}>" for n in range(256))]
kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL, *[TokenType.BYTE] * 256]
made = GGUFWriter(sys.argv[1], "llama")
made.add_context_length(context)
made.add_embedding_length(width)
made.add_feed_forward_length(hidden)
made.add_block_count(1)
made.add_head_count(heads)
made.add_head_count_kv(heads)
made.add_rope_dimension_count(width // heads)
made.add_layer_norm_rms_eps(1e-5)
made.add_vocab_size(len(tokens))
made.add_tokenizer_model("llama")
made.add_token_list(tokens)
made.add_token_scores([0.0] * len(tokens))
made.add_token_types(kinds)
made.add_bos_token_id(1)
made.add_eos_token_id(2)
made.add_chat_template("{% for m in messages %}{{ m.content }}{% endfor %}")
shapes = {
    "token_embd": (len(tokens), width), "output_norm": (width,), "output": (len(tokens), width),
    "blk.0.attn_norm": (width,), "blk.0.ffn_norm": (width,),
    "blk.0.attn_q": (width, width), "blk.0.attn_k": (width, width), "blk.0.attn_v": (width, width),
    "blk.0.attn_output": (width, width), "blk.0.ffn_gate": (hidden, width), "blk.0.ffn_up": (hidden, width),
    "blk.0.ffn_down": (width, hidden),
}
for name, shape in shapes.items():
    made.add_tensor(f"{name}.weight", random.normal(0, 0.5, shape).astype("float32"))
made.write_header_to_file()
made.write_kv_data_to_file()
made.write_tensors_to_file()
made.close()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if subprocess.run([PYTHON, "-c", HAS], check=False).returncode:
        pytest.skip("no llama-cpp-python[server] with gguf: pip install them, or name CORPUS_LIB_LLAMA_PYTHON")
    model = tmp_path_factory.mktemp("model") / "random.gguf"
    subprocess.run([PYTHON, "-c", MAKE, str(model)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", str(model), "--host", "127.0.0.1", "--port", str(port)]
    running = subprocess.Popen([*command, "--n_ctx", "16384"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/v1/models", running)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        running.terminate()
        running.wait()


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert running.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not answer")


def test_nonsense_within_the_schema_changes_nothing(server: str):
    text = "Ferja kan bli borte\n\n– Vi gir oss ikke, sier Siv Hauge.\n\nØyrådet krever at fylkeskommunen lar ferja gå."
    article = article_of(text, id="ferja", language="nb")
    own = analyse(article)
    both = analyse(article, reader=SecondReader(server, "random", most_tokens=300, seconds=300))
    assert not both.article.warnings
    assert [(q.id, q.segments, q.speakers) for q in both.quotes] == [(q.id, q.segments, q.speakers) for q in own.quotes]
    assert [(d.id, d.content) for d in both.demands] == [(d.id, d.content) for d in own.demands]
    assert [(r.id, r.evidence) for r in both.responses] == [(r.id, r.evidence) for r in own.responses]
    assert both.actors == own.actors
