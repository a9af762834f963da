#!/usr/bin/env python3
"""Writes first_schema.sql: a small shop as the first tables of every feature kept it.

Usage: first_schema.py DATA_FOLDER >tests/data/first_schema.sql
DATA_FOLDER is a small stopped embedded shop of any later version, whose rows are taken, as far as the first tables had their columns.
Steps never change once they are released, so the first ones are read out of today's sources.
"""
import itertools
import pathlib
import re
import sqlite3
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LEFT_OUT = ("schema_migrations", "changes", "leases", "jobs", "sessions", "audit_logs", "idempotency_keys")
FIRST_STEPS = {"products": 3, "models": 2}  # how many the first version had already; of the others one
NEVER = 4102444800000  # the year 2100


def literals(text):
    """What a row of C++ string literals says."""
    if raw := re.search(r'R"\((.*?)\)"', text, re.S):
        return raw.group(1)
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)).replace('\\"', '"')


def first_steps():
    """(feature, version, name of the step, SQL) of every SQLite adapter."""
    for file in sorted((ROOT / "server").rglob("*.cpp")):
        source = file.read_text()
        migrates = re.search(r'\bmigrate\(\s*database,\s*"(\w+)"', source)
        if not migrates or not re.search(r"_sqlite\.cpp$|/sqlite/change_log\.cpp$", str(file)) or "data_move" in file.name:
            continue
        feature = migrates.group(1)
        steps = re.finditer(r'\{\s*"(create [^"]+)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+|\w+)|create_table\("(create [^"]+)",\s*(R"\(.*?\)")', source, re.S)
        for version, step in enumerate(itertools.islice(steps, FIRST_STEPS.get(feature, 1)), start=1):
            name, sql = (step.group(1), step.group(2)) if step.group(1) else (step.group(3), step.group(4))
            if re.fullmatch(r"\w+", sql):
                sql = re.search(rf"{sql} =\s*(.*?);\n", source, re.S).group(1)
            yield feature, version, name, literals(sql)


def main():
    source = sqlite3.connect(f"file:{sys.argv[1]}/fitview.sqlite?mode=ro", uri=True)
    first = sqlite3.connect(":memory:")
    first.execute("CREATE TABLE schema_migrations (feature TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (feature, version)) WITHOUT ROWID")
    for feature, version, name, sql in first_steps():
        first.executescript(sql)
        first.execute("INSERT INTO schema_migrations VALUES (?, ?, ?)", (feature, version, name))
    for (table,) in first.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall():
        if table in LEFT_OUT:
            continue
        wanted = [column[1] for column in first.execute(f"PRAGMA table_info({table})")]
        known = {column[1] for column in source.execute(f"PRAGMA table_info({table})")}
        columns = ", ".join(column for column in wanted if column in known)
        for row in source.execute(f"SELECT {columns} FROM {table}"):
            first.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    for table in ("tryon_sessions", "object_ledger"):  # the test is run after the ninety days too
        first.execute(f"UPDATE {table} SET expires_at = {NEVER} WHERE expires_at IS NOT NULL")
    first.commit()
    print("-- Made by first_schema.py; do not edit.")
    print("\n".join(first.iterdump()))


if __name__ == "__main__":
    main()
