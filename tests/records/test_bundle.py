"""The answers inside a PDF: packed alike each time, and taken out of hostile files by nobody."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from assembler.actions.extract import as_folders, extract, inside_of
from assembler.base.problems import AssemblerError
from assembler.records import bundle
from assembler.records.bundle import (
    CASE_FILE,
    BundleError,
    Manifest,
    case_files,
    pack,
    sha256,
    unpack,
    within,
)

MANIFEST = Manifest("demo", "demo", 1, {})
FILES = {"case.yaml": b"report: demo\n", "answers/visit.yaml": b"form: demo/visit\n", "attachments/ب/نقشه.txt": b"1"}


def carrying(path: Path, packed: bytes, **stream: object) -> Path:
    """A PDF of one page that carries something under the name of the answers."""
    with pikepdf.new() as document:
        document.add_blank_page()
        file = pikepdf.Stream(document, packed)
        for name, value in stream.items():
            file[f"/{name}"] = value
        told = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=CASE_FILE, EF=pikepdf.Dictionary(F=file))
        document.Root.AF = pikepdf.Array([document.make_indirect(told)])
        document.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return path


def zipped(files: Mapping[str, bytes], manifest: Mapping[str, object] | None = None) -> bytes:
    """A zip with a manifest that fits, made by somebody else."""
    hashes = {name: sha256(data) for name, data in files.items()}
    told = {"case": "demo", "report": "demo", "pages": 1, "parts": {}, "revision": 0, "letters": [], "previous": "",
            "files": hashes, "format": 1} | dict(manifest or {})  # fmt: skip
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {"manifest.json": json.dumps(told).encode(), **files}.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def refusal(pdf: Path) -> str:
    with pytest.raises(AssemblerError) as error:
        extract(pdf, pdf.parent / "out")
    assert not (pdf.parent / "out").exists()
    assert [found.code for found in error.value.problems] == ["extract-refused"]
    return error.value.problems[0].message


def test_packing_repeats_and_comes_back() -> None:
    packed = pack(MANIFEST, FILES)
    assert packed == pack(MANIFEST, dict(reversed(FILES.items())))
    manifest, files = unpack(packed)
    assert dict(files) == FILES
    assert (manifest.case, dict(manifest.files)) == ("demo", {name: sha256(data) for name, data in FILES.items()})


def test_hidden_files_are_no_part_of_a_case(tmp_path: Path) -> None:
    for name in ("case.yaml", "answers/a.yaml", "answers/.a.yaml.swp", "attachments/.git/x", "output/demo.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert list(case_files(tmp_path)) == ["answers/a.yaml", "case.yaml"]


def test_the_answers_of_the_case_before_are_part_of_a_case_and_its_files_are_not(tmp_path: Path) -> None:
    for name in ("two/case.yaml", "one/case.yaml", "one/accepted.yaml", "one/answers/a.yaml", "one/attachments/a.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x: y\n", encoding="utf-8")
    (tmp_path / "two" / "case.yaml").write_text("report: r\nprevious: ../one\n", encoding="utf-8")
    files = case_files(tmp_path / "two")
    assert list(files) == ["case.yaml", "previous/answers/a.yaml", "previous/case.yaml"]
    assert list(within(files, 0)) == ["case.yaml"]
    packed = pack(MANIFEST, {name: path.read_bytes() for name, path in files.items()})
    assert list(unpack(packed)[1]) == list(files)
    (tmp_path / "one" / "case.yaml").unlink()
    assert list(case_files(tmp_path / "two")) == ["case.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml", "answers/../../evil.yaml", "/etc/evil.yaml", "answers/..", "answers\\..\\evil.yaml",
        "C:/evil.yaml", "answers//evil.yaml", "evil.sh", "answers/.hidden", "attachments/a\nb", "attachments/",
        "revisions/001/case.yaml", "answers/./a.yaml", "previous/a.yaml", "previous/attachments/a.pdf",
        "previous/" * 13 + "case.yaml", "previous/previous/a.yaml", "previous/answers/a/b.yaml", "previous/answers/..",
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert "which is no file of a case" in refusal(carrying(tmp_path / "a.pdf", zipped({name: b"x"})))


def test_links_are_refused(tmp_path: Path) -> None:
    buffer = BytesIO(zipped({}))
    with zipfile.ZipFile(buffer, "a") as packed:
        link = zipfile.ZipInfo("attachments/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert "which is no file of a case" in refusal(carrying(tmp_path / "a.pdf", buffer.getvalue()))


def test_names_that_are_one_on_other_systems_are_refused(tmp_path: Path) -> None:
    assert "twice" in refusal(carrying(tmp_path / "a.pdf", zipped({"answers/a.yaml": b"", "answers/A.yaml": b""})))


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)
    monkeypatch.setattr("assembler.actions.extract.MOST_BYTES", 1000_000)
    bomb = zipped({"answers/a.yaml": b"0" * 100_000})
    assert "larger" in refusal(carrying(tmp_path / "a.pdf", bomb))
    lying = bytearray(bomb)
    at = bytes(lying).rindex(b"PK\x01\x02")  # the size the list of contents tells of the file
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refusal(carrying(tmp_path / "b.pdf", bytes(lying)))
    stream = carrying(tmp_path / "c.pdf", zlib.compress(b"0" * 5_000_000), Filter=pikepdf.Name.FlateDecode)
    assert "larger" in refusal(stream)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_FILES", 3)
    assert "more than" in refusal(carrying(tmp_path / "a.pdf", zipped({f"answers/{n}.yaml": b"" for n in range(4)})))


def test_files_other_than_listed_are_refused(tmp_path: Path) -> None:
    other = zipped({"case.yaml": b"x"}, {"files": {"case.yaml": sha256(b"y")}})
    assert "its own list names: case.yaml" in refusal(carrying(tmp_path / "a.pdf", other))
    missing = zipped({}, {"files": {"case.yaml": sha256(b"y")}})
    assert "its own list names: case.yaml" in refusal(carrying(tmp_path / "b.pdf", missing))


@pytest.mark.parametrize(
    "manifest",
    [{"format": 2}, {"pages": "1"}, {"pages": -1}, {"letters": [{"x": "y"}]}, {"letters": 3}, {"files": {"a": 1}},
     {"case": None}, {"more": 1}, {"parts": {"a": "b"}}],
)  # fmt: skip
def test_manifests_nobody_wrote_are_refused(tmp_path: Path, manifest: dict[str, object]) -> None:
    assert refusal(carrying(tmp_path / "a.pdf", zipped({}, manifest)))


def test_damage_is_refused(tmp_path: Path) -> None:
    whole = pack(MANIFEST, FILES)
    for number, packed in enumerate((b"", b"PK", whole[:-30], whole[: len(whole) // 2], whole.replace(b"PK", b"KP"))):
        assert refusal(carrying(tmp_path / f"{number}.pdf", packed))
    pdf = carrying(tmp_path / "whole.pdf", whole)
    pdf.write_bytes(pdf.read_bytes()[:300])
    assert refusal(pdf)
    (tmp_path / "text.pdf").write_text("no PDF", encoding="utf-8")
    assert refusal(tmp_path / "text.pdf")
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "blank.pdf")
    assert "carries no answers" in refusal(tmp_path / "blank.pdf")


def test_what_could_not_be_taken_out_is_not_packed() -> None:
    with pytest.raises(BundleError):
        pack(MANIFEST, {"answers/a\\b.yaml": b""})


def test_pdfs_stand_for_the_cases_they_carry(tmp_path: Path) -> None:
    pdf = carrying(tmp_path / "report.pdf", pack(Manifest("../پرونده", "demo", 1, {}), FILES))
    (tmp_path / "folder").mkdir()
    with as_folders([pdf, tmp_path / "folder", pdf]) as found:
        assert list(found.values()) == ["report.pdf", "", "report.pdf"]
        first = next(iter(found))
        assert first.name == "-پرونده"
        assert (first / "case.yaml").read_bytes() == FILES["case.yaml"]
    assert not first.exists()
    (tmp_path / "bad.pdf").write_bytes(b"x")
    with pytest.raises(AssemblerError), as_folders([pdf, tmp_path / "bad.pdf"]):
        pass


def test_the_pages_of_a_pdf_are_counted(tmp_path: Path) -> None:
    inside = inside_of(carrying(tmp_path / "a.pdf", pack(MANIFEST, FILES)))
    assert (inside.pages, inside.manifest.pages) == (1, 1)
