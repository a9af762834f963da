"""tools/tidy finds what it says it finds, and nothing in a tree that keeps the rules."""
import pathlib
import subprocess
import sys

import pytest

TIDY = pathlib.Path(__file__).resolve().parents[2] / "tools" / "tidy"

CLEAN = {
    "server/app/feature_graph.txt": "identity:\nproducts: identity\n",
    "server/base/text.hpp": "#pragma once\n",
    "server/base/text.cpp": '#include "base/text.hpp"\n',
    "server/media/picture.hpp": '#pragma once\n#include "base/text.hpp"\n',
    "server/media/picture.cpp": '#include "media/picture.hpp"\n#include <vips/vips.h>\n',
    "server/features/identity/identity.hpp": "#pragma once\n",
    "server/features/identity/identity_store.hpp": '#pragma once\n#include "identity/identity.hpp"\n',
    "server/features/identity/identity_store_sqlite.cpp": '#include "identity/identity_store.hpp"\n#include "storage/sqlite/rows.hpp"\n',
    "server/storage/sqlite/rows.hpp": "#pragma once\n#include <sqlite3.h>\n",
    "server/features/products/products.cpp": '#include "identity/identity.hpp"\n',
}


def faults_of(folder, changes):
    for name, text in {**CLEAN, **changes}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    done = subprocess.run([sys.executable, str(TIDY), str(folder)], capture_output=True, text=True)
    faults = done.stderr.strip().splitlines()
    assert (done.returncode == 0) == (not faults)
    return faults


def test_a_tree_that_keeps_the_rules_has_no_faults(tmp_path):
    assert faults_of(tmp_path, {}) == []


@pytest.mark.parametrize("file, text, word", [
    ("server/base/a.cpp", '#include "media/picture.hpp"\n', "base/ may not include media/"),
    ("server/media/a.cpp", '#include "storage/sqlite/rows.hpp"\n', "media/ may not include storage/"),
    ("server/media/a.cpp", '#include "identity/identity.hpp"\n', "media/ may not include features/"),
    ("server/media/a.cpp", '#include "../base/text.hpp"\n', "must be rooted"),
    ("server/http/a.cpp", '#include "storage/sqlite/rows.hpp"\n', "http/ may not include storage/"),
    ("server/media/a.cpp", '#include "testkit/clock.hpp"\n', "only tests include testkit/"),
    ("server/features/identity/a.cpp", '#include "products/products.hpp"\n', "identity may not use products"),
    ("server/features/products/a.cpp", '#include "identity/identity_store.hpp"\n', "other features see"),
    ("server/features/products/a.cpp", "#include <sqlite3.h>\n", "<sqlite3.h> stays in"),
    ("server/features/products/a.cpp", "#include <vips/vips.h>\n", "<vips/vips.h> stays in"),
    ("server/features/products/a.cpp", 'const char* home = getenv("HOME");\n', "reads the environment"),
    ("server/media/picture.cpp", '#include "base/text.hpp"\n#include "media/picture.hpp"\n', "the first include"),
    ("server/base/text.hpp", "int x();\n", "#pragma once"),
    ("server/base/unused.hpp", "#pragma once\n", "nobody includes this header"),
    ("server/base/a.cpp", "int x;\n" * 501, "more than 500"),
    ("server/base/a.cpp", "// TO" + "DO: finish\n", "unfinished work"),
    ("notes.md", "see /wo" + "rk/notes\n", "a path of somebody's machine"),
])
def test_each_broken_rule_is_named_with_its_place(tmp_path, file, text, word):
    faults = faults_of(tmp_path, {file: text})
    assert len(faults) == 1, faults
    assert faults[0].startswith(file + ":") and word in faults[0]


def test_a_header_the_graph_adds_may_be_used(tmp_path):
    assert faults_of(tmp_path, {
        "server/app/feature_graph.txt": "identity:\nproducts: identity\n+ identity/identity_store.hpp  for this test\n",
        "server/features/products/a.cpp": '#include "identity/identity_store.hpp"\n',
    }) == []


def test_a_source_no_target_builds_is_found(tmp_path):
    commands = '[{"directory": "%s", "file": "server/base/text.cpp"}]' % tmp_path
    faults = faults_of(tmp_path, {"build/debug/compile_commands.json": commands, ".gitignore": "build/\n"})
    assert [fault.split(":")[0] for fault in faults] == [
        "server/features/identity/identity_store_sqlite.cpp", "server/features/products/products.cpp", "server/media/picture.cpp"]
