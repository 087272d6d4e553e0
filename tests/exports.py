"""Reads a folder of exports with other programs and compares every table, cell by cell, with its jsonl. See exports.sh."""

import csv
import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pytrec_eval
from frictionless import validate
from popolo_data.importer import Popolo
from prov.model import ProvDocument

TABLES = ["matrix", "acts", "links", "topics", "inquiries", "meetings", "audit"]


def rows_of(folder, table):
    with open(folder / "jsonl" / f"{table}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def columns_of(folder, table):
    package = json.loads((folder / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(resource for resource in package["resources"] if resource["path"] == f"{table}.csv")
    return [(field["name"], field["title"], field["type"]) for field in resource["schema"]["fields"]]


def same(expected, found):
    """Equal values, whatever a program calls what is not there; numbers to the last bit but one."""
    if expected is None or expected == []:
        return found in (None, "", []) or (isinstance(found, float) and math.isnan(found))
    if isinstance(expected, bool):
        return found is expected or str(found).lower() == str(expected).lower()
    if isinstance(expected, (int, float)):
        return math.isclose(float(found), expected, rel_tol=1e-15, abs_tol=0.0)
    if isinstance(expected, list):
        return list(found) == expected if not isinstance(found, str) else found.removeprefix("'") == ";".join(expected)
    return str(found).removeprefix("'") == expected.removeprefix("'")


def compare(what, table, expected, found):
    found = list(found)
    assert len(found) == len(expected), f"{what}: {table}: {len(found)} rows for {len(expected)}"
    for number, (row, other) in enumerate(zip(expected, found), 1):
        for (name, value), cell in zip(row.items(), other):
            assert same(value, cell), f"{what}: {table}, row {number}, {name}: {value!r} became {cell!r}"
    return len(found)


def csv_with_three_readers(folder, table, rows):
    path = folder / "csv" / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        compare("python csv", table, rows, reader)
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    compare("pandas csv", table, rows, frame.itertuples(index=False, name=None))
    query = duckdb.sql(f"from read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')")
    compare("duckdb csv", table, rows, query.fetchall())


def jsonl_with_two_readers(folder, table, rows):
    path = folder / "jsonl" / f"{table}.jsonl"
    if rows:
        frame = pandas.read_json(path, lines=True, dtype=False, precise_float=True)
        assert len(frame) == len(rows) and list(frame.columns) == list(rows[0])
        count = duckdb.sql(f"select count(*) from read_json('{path}', format='newline_delimited')").fetchall()[0][0]
        assert count == len(rows), f"duckdb jsonl: {table}: {count} rows"


def parquet_with_two_readers(folder, table, rows):
    path = folder / "parquet" / f"{table}.parquet"
    arrow = pyarrow.parquet.read_table(path)
    compare("pyarrow", table, rows, (row.values() for row in arrow.to_pylist()))
    compare("duckdb parquet", table, rows, duckdb.sql(f"from '{path}'").fetchall())


def shown(table, rows):
    if table != "links":
        return rows
    return [row for row in rows if row["zone"] != "leave" or row["verdict"] is not None]


def as_shown(text):
    hidden = set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A)) | {0xFFFE, 0xFFFF}
    control = lambda c: (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or ord(c) in hidden
    return "".join("\ufffd" if control(c) else c for c in text.replace("\r\n", "\n"))


def cell_matches(expected, found, column):
    """A cell of the workbook: codes and truth values are words of its language, days are dates."""
    _, _, kind = column
    if expected is None or expected == []:
        return found is None
    if isinstance(expected, list):
        return found == as_shown("; ".join(expected))
    if isinstance(expected, bool):
        return isinstance(found, str) and found != ""
    if isinstance(expected, (int, float)):
        return math.isclose(float(found), expected, rel_tol=1e-15)
    if hasattr(found, "date"):
        return found.date().isoformat() == expected
    return isinstance(found, str) and (found == as_shown(expected) or column[0] in CODES)


CODES = {"status", "empty_because", "kind", "outcome", "zone", "verdict", "scope", "role", "testability", "origin"}


def workbook_with_openpyxl_and_pandas(folder, path):
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 1 + len(TABLES) and book.sheetnames[0] == "README"
    leads = [cell.hyperlink.location for row in book["README"].iter_rows() for cell in row if cell.hyperlink]
    assert leads == [f"'{name}'!A1" for name in book.sheetnames[1:]], f"README: {leads}"
    links = 0
    for table, name in zip(TABLES, book.sheetnames[1:]):
        sheet, columns = book[name], columns_of(folder, table)
        rows = shown(table, rows_of(folder, table))
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert cells[0] == [title for _, title, _ in columns], f"{name}: {cells[0]}"
        assert len(cells) - 1 == len(rows), f"{name}: {len(cells) - 1} rows for {len(rows)}"
        for number, (row, found) in enumerate(zip(rows, cells[1:]), 2):
            for (field, value), cell, column in zip(row.items(), found, columns):
                assert cell_matches(value, cell, column), f"{name}, row {number}, {field}: {value!r} became {cell!r}"
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), f"{name}: a formula"
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, f"{name}: header not frozen or no filter"
        links += sum(cell.hyperlink is not None for row in sheet.iter_rows() for cell in row)
        frame = pandas.read_excel(path, sheet_name=name)
        assert len(frame) == len(rows) and list(frame.columns) == cells[0]
    return links


def workbook_with_libreoffice(folder, path):
    if shutil.which("soffice") is None:
        return False
    with tempfile.TemporaryDirectory() as made:
        # Every sheet as csv: comma, quotation marks, UTF-8, cells as they are stored.
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{made}/profile", "--convert-to", form]
        subprocess.run([*command, "--outdir", made, str(path)], check=True, capture_output=True, timeout=300)
        names = openpyxl.load_workbook(path, read_only=True).sheetnames[1:]
        for table, name in zip(TABLES, names):
            rows, columns = shown(table, rows_of(folder, table)), columns_of(folder, table)
            with open(Path(made) / f"{path.stem}-{name}.csv", encoding="utf-8", newline="") as file:
                cells = list(csv.reader(file))
            assert cells[0] == [title for _, title, _ in columns], f"LibreOffice: {name}: {cells[0]}"
            assert len(cells) - 1 == len(rows), f"LibreOffice: {name}: {len(cells) - 1} rows for {len(rows)}"
            for row, found in zip(rows, cells[1:]):
                for (field, value), cell in zip(row.items(), found):
                    if isinstance(value, str) and field not in CODES and len(value) != 10:
                        assert cell == as_shown(value), f"LibreOffice: {name}: {field}: {value!r} became {cell!r}"
                    if isinstance(value, (int, float)) and not isinstance(value, bool):
                        assert math.isclose(float(cell), value, rel_tol=1e-12, abs_tol=1e-15), f"LibreOffice: {name}: {field}: {cell}"
    return True


def packages_with_frictionless(folder):
    for path in ["datapackage.json", "csv/datapackage.json", "jsonl/datapackage.json"]:
        report = validate(str(folder / path), type="package")
        errors = report.flatten(["title", "rowNumber", "fieldName", "message"])
        assert report.valid, f"frictionless: {path}: {errors[:5]}"


def people_with_popolo(folder):
    popolo = Popolo.from_filename(folder / "popolo.json")
    seats = 0
    for membership in popolo.memberships:
        assert membership.person.id and membership.organization.id
        if membership.organization.classification == "legislature":
            seats += 1
            assert membership.role == "deputy"
    assert seats == len(list(popolo.persons))
    return seats


def provenance_with_prov(folder):
    with open(folder / "prov.json", encoding="utf-8") as file:
        document = ProvDocument.deserialize(file, format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document
    return len(list(document.get_records()))


def trec_with_trec_eval(folder):
    with open(folder / "trec" / "run.txt", encoding="utf-8") as file:
        run = pytrec_eval.parse_run(file)
    assert sum(map(len, run.values())) == len(rows_of(folder, "links"))
    qrels = folder / "trec" / "qrels.txt"
    if not qrels.exists():
        return "no gold labels"
    with open(qrels, encoding="utf-8") as file:
        grades = pytrec_eval.parse_qrel(file)
    measured = pytrec_eval.RelevanceEvaluator(grades, {"ndcg", "recip_rank"}).evaluate(run)
    linked = [inquiry for inquiry in measured if any(grades[inquiry].values())]
    mean = lambda name: sum(measured[inquiry][name] for inquiry in linked) / len(linked)
    return f"nDCG {mean('ndcg'):.3f}, MRR {mean('recip_rank'):.3f} over {len(linked)} inquiries"


def main(folder):
    cells = 0
    for table in TABLES:
        rows = rows_of(folder, table)
        cells += sum(len(row) for row in rows)
        csv_with_three_readers(folder, table, rows)
        jsonl_with_two_readers(folder, table, rows)
        parquet_with_two_readers(folder, table, rows)
    links = workbook_with_openpyxl_and_pandas(folder, folder / "saual.xlsx")
    office = workbook_with_libreoffice(folder, folder / "saual.xlsx")
    packages_with_frictionless(folder)
    seats, records = people_with_popolo(folder), provenance_with_prov(folder)
    print(f"{folder}: {cells} cells equal in csv, jsonl and parquet; workbook equal, {links} links", end="")
    print(f"{', also in LibreOffice' if office else ''}; 3 data packages valid; {seats} seats; {records} PROV records;")
    print(f"  {trec_with_trec_eval(folder)}")


main(Path(sys.argv[1]))
