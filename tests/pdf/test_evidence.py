"""Evidence of any origin becomes clean A4 pages, or a problem that names the file."""

from __future__ import annotations

import unicodedata
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from assembler.base.problems import AssemblerError
from assembler.model.answers import Attachment
from assembler.pdf import pictures
from assembler.pdf.attachments import count, inspect, is_signed
from assembler.pdf.evidence import Prepared, prepare
from assembler.pdf.finish import finish
from assembler.pdf.fonts import FontSet
from assembler.pdf.pieces import Binding, OutlineEntry, Piece
from assembler.pdf.positions import own_pages, page_count
from assembler.pdf.verify import expect, verify


def _prepare(folder: Path, fonts: FontSet, *names: str) -> Prepared:
    return prepare([Attachment(name, folder / name) for name in names], folder / "work", fonts=fonts)


def _picture(pdf: Path, page: int = 0) -> Image.Image:
    return PdfReader(pdf).pages[page].images[0].image  # type: ignore[return-value]


def _sizes(pdf: Path) -> list[tuple[int, int]]:
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(pdf).pages]


def test_a_photograph_is_turned_as_its_camera_says_and_made_smaller(fonts: FontSet, tmp_path: Path) -> None:
    image = Image.radial_gradient("L").resize((4000, 3000)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise: the picture is upright
    image.save(tmp_path / "photo.jpg", exif=exif, quality=60)
    (piece,) = _prepare(tmp_path, fonts, "photo.jpg").pieces
    assert piece.title == "photo"
    assert piece.foreign
    assert _sizes(piece.pdf) == [(595, 842)]
    shown = _picture(piece.pdf)
    assert shown.height > shown.width
    assert shown.height <= 842 * pictures.DPI / 72


def test_a_fitting_photograph_is_not_compressed_again(fonts: FontSet, tmp_path: Path) -> None:
    Image.effect_noise((900, 600), 90).convert("RGB").save(tmp_path / "photo.jpg", quality=80)
    (piece,) = _prepare(tmp_path, fonts, "photo.jpg").pieces
    assert _sizes(piece.pdf) == [(842, 595)]
    with pikepdf.open(piece.pdf) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.read_raw_bytes() == (tmp_path / "photo.jpg").read_bytes()


def test_transparent_and_palette_pictures_stand_on_white(fonts: FontSet, tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    Image.new("P", (50, 50), 0).save(tmp_path / "palette.gif")
    pieces = _prepare(tmp_path, fonts, "clear.png", "palette.gif").pieces
    assert _picture(pieces[0].pdf).convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    assert len(pieces) == 2


def test_every_page_of_a_scanned_tiff_counts(fonts: FontSet, tmp_path: Path) -> None:
    pages = [Image.new("1", (1240, 1754), 1) for _ in range(3)]
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:])
    (piece,) = _prepare(tmp_path, fonts, "scan.tif").pieces
    assert _sizes(piece.pdf) == [(595, 842)] * 3


def test_foreign_pages_become_a4_and_lose_their_scripts(fonts: FontSet, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(2000, 3000))
        pdf.add_blank_page(page_size=(300, 200))
        pdf.add_blank_page(page_size=(200, 300))
        pdf.pages[2].rotate(90, relative=False)
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.save(tmp_path / "foreign.pdf")
    prepared = _prepare(tmp_path, fonts, "foreign.pdf")
    assert _sizes(prepared.pieces[0].pdf) == [(595, 842), (842, 595), (842, 595)]
    made = finish(prepared.pieces, tmp_path / "packet.pdf", title="ت", author="ن", fonts=fonts)
    assert verify(made.path, expect(prepared.pieces, title="ت", fonts=fonts)) == ()


def _blank(folder: Path, name: str) -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(folder / name)
    return writer


def _signed(folder: Path, name: str) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        value = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String("x")))
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="s", V=value))
        parent = pdf.make_indirect(pikepdf.Dictionary(T="p", Kids=[field]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[parent], SigFlags=3)
        pdf.save(folder / name)


def test_a_signed_document_is_carried_whole(fonts: FontSet, tmp_path: Path) -> None:
    _signed(tmp_path, "قرارداد.pdf")
    prepared = _prepare(tmp_path, fonts, "قرارداد.pdf")
    made = finish(prepared.pieces, tmp_path / "packet.pdf", title="ت", author="ن", fonts=fonts)
    packet = PdfReader(made.path)
    assert packet.attachments == {"قرارداد.pdf": [(tmp_path / "قرارداد.pdf").read_bytes()]}
    assert "امضای الکترونیکی" in packet.pages[0].extract_text().replace("\n", " ")


def test_signed_documents_of_one_name_are_all_carried(fonts: FontSet, tmp_path: Path) -> None:
    names = ("signed.pdf", "north/signed.pdf", "south/signed.pdf")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _signed(tmp_path, name)
    made = finish(_prepare(tmp_path, fonts, *names).pieces, tmp_path / "p.pdf", title="ت", author="ن", fonts=fonts)
    assert sorted(PdfReader(made.path).attachments) == ["north - signed.pdf", "signed.pdf", "south - signed.pdf"]


def test_bad_files_become_problems_and_good_ones_go_on(fonts: FontSet, tmp_path: Path) -> None:
    _blank(tmp_path, "good.pdf")
    locked = _blank(tmp_path, "locked.pdf")
    locked.encrypt("secret")
    locked.write(tmp_path / "locked.pdf")
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n" + b"nonsense" * 50)
    (tmp_path / "table.xlsx").write_bytes(b"PK\x03\x04")
    buffer = BytesIO()
    Image.effect_noise((200, 200), 90).save(buffer, "JPEG")
    (tmp_path / "cut.jpg").write_bytes(buffer.getvalue()[:2000])
    (tmp_path / "lying.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n")
    names = ("good.pdf", "locked.pdf", "empty.pdf", "broken.pdf", "table.xlsx", "cut.jpg", "lying.png", "none.pdf")
    prepared = _prepare(tmp_path, fonts, *names)
    assert [piece.title for piece in prepared.pieces] == ["good"]
    assert [(found.place.file, found.code) for found in prepared.problems] == [
        ("locked.pdf", "attachment-encrypted"),
        ("empty.pdf", "attachment-broken"),
        ("broken.pdf", "attachment-broken"),
        ("table.xlsx", "attachment-broken"),
        ("cut.jpg", "attachment-broken"),
        ("lying.png", "attachment-broken"),
        ("none.pdf", "attachment-missing"),
    ]
    assert all(found.message and found.hint is not None for found in prepared.problems)


def test_a_truncated_pdf_is_repaired_or_refused(fonts: FontSet, converted: tuple[Path, ...], tmp_path: Path) -> None:
    data = converted[0].read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: data.rindex(b"xref")])
    prepared = _prepare(tmp_path, fonts, "cut.pdf")
    assert [len(PdfReader(piece.pdf).pages) for piece in prepared.pieces] == [1]


def test_a_pdf_whose_pages_were_cut_off_is_refused(fonts: FontSet, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for number in range(9):
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[-1].Contents = pdf.make_stream(f"% page {number}\n0 0 9 9 re f".encode())
        pdf.save(tmp_path / "scan.pdf", compress_streams=False)
    data = (tmp_path / "scan.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: data.index(b"% page 5")])
    (tmp_path / "whole.pdf").write_bytes(data[: data.rindex(b"startxref")])
    prepared = _prepare(tmp_path, fonts, "cut.pdf", "whole.pdf")
    assert [(found.place.file, found.code) for found in prepared.problems] == [("cut.pdf", "attachment-broken")]
    assert [len(PdfReader(piece.pdf).pages) for piece in prepared.pieces] == [9]


def test_a_file_that_is_not_what_its_name_says(fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"PK\x03\x04" + b"word/document.xml" * 90)
    (tmp_path / "photo.jpg").write_text("text")
    found = _prepare(tmp_path, fonts, "letter.pdf", "photo.jpg").problems
    assert ["no PDF" in found[0].message, "no picture" in found[1].message] == [True, True]
    assert not any(str(tmp_path) in each.message for each in found)


def test_a_signature_whose_field_type_stands_above_it(fonts: FontSet, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Contents=b"0")
        field = pdf.make_indirect(pikepdf.Dictionary(T="s", V=value))
        parent = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="p", Kids=[field]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[parent], SigFlags=3)
        pdf.save(tmp_path / "signed.pdf")
    (piece,) = _prepare(tmp_path, fonts, "signed.pdf").pieces
    assert [attached.name for attached in piece.attached] == ["signed.pdf"]


def test_a_scan_of_sixteen_bits_keeps_its_greys(fonts: FontSet, tmp_path: Path) -> None:
    Image.new("I;16", (80, 80), 0x4000).save(tmp_path / "scan.png")
    (piece,) = _prepare(tmp_path, fonts, "scan.png").pieces
    assert _picture(piece.pdf).convert("L").getpixel((5, 5)) == 0x40


@pytest.mark.parametrize(
    ("mode", "white"), [("F", 1.0), ("F", 255.0), ("F", 65535.0), ("F", 1e6), ("I", 255), ("I", 65535)]
)
def test_what_is_white_in_a_measured_picture_is_told_by_its_values(
    mode: str, white: float, fonts: FontSet, tmp_path: Path
) -> None:
    image = Image.new(mode, (80, 80), white)
    image.paste(white / 2 if mode == "F" else int(white) // 2, (0, 0, 40, 80))
    image.save(tmp_path / "scan.tif")
    (piece,) = _prepare(tmp_path, fonts, "scan.tif").pieces
    greys = _picture(piece.pdf).convert("L")
    assert (greys.getpixel((5, 5)) in (127, 128), greys.getpixel((75, 5))) == (True, 255)


def test_a_fax_is_as_high_as_its_paper_was(fonts: FontSet, tmp_path: Path) -> None:
    Image.new("1", (1728, 1078), 1).save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98))
    (piece,) = _prepare(tmp_path, fonts, "fax.tif").pieces
    width, height = pypdfium2.PdfDocument(piece.pdf)[0].get_size()
    assert height > width  # by its dots alone it would lie
    assert _picture(piece.pdf).height == 1078  # no dot is lost


@pytest.mark.filterwarnings("error")
def test_a_large_drawing_is_no_bomb(fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("L", (300, 200), 90).save(tmp_path / "plan.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 50_000)
    assert len(_prepare(tmp_path, fonts, "plan.png").pieces) == 1
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 20_000)
    assert "lower resolution" in _prepare(tmp_path, fonts, "plan.png").problems[0].message


def test_a_broken_tiff_says_nothing_in_the_words_of_its_library(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    """Of its second page the place is lost, or its end."""
    page = Image.effect_noise((80, 80), 90).convert("1")
    page.save(tmp_path / "cut.tif", compression="group4", save_all=True, append_images=[page])
    data = bytearray((tmp_path / "cut.tif").read_bytes())
    (tmp_path / "cut.tif").write_bytes(data[:-150])
    first = int.from_bytes(data[4:8], "little")
    after = first + 2 + 12 * int.from_bytes(data[first : first + 2], "little")
    data[after : after + 4] = (len(data) + 1000).to_bytes(4, "little")
    (tmp_path / "lost.tif").write_bytes(data)
    files = [Attachment(name, tmp_path / name) for name in ("cut.tif", "lost.tif")]
    assert [found.code for found in inspect(files)] == ["attachment-broken"] * 2
    assert (capfd.readouterr().err, len(recwarn)) == ("", 0)


def test_a_picture_that_was_cut_off(fonts: FontSet, tmp_path: Path) -> None:
    Image.effect_noise((200, 200), 90).save(tmp_path / "whole.jpg")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "whole.jpg").read_bytes()[:2000])
    assert "a part of it is missing" in _prepare(tmp_path, fonts, "cut.jpg").problems[0].message


def test_the_same_files_give_the_same_bytes(fonts: FontSet, converted: tuple[Path, ...], tmp_path: Path) -> None:
    Image.effect_noise((300, 200), 50).save(tmp_path / "photo.png")
    (tmp_path / "page.pdf").write_bytes(converted[0].read_bytes())
    _signed(tmp_path, "signed.pdf")
    names = ("photo.png", "page.pdf", "signed.pdf")
    first = [piece.pdf.read_bytes() for piece in _prepare(tmp_path, fonts, *names).pieces]
    second = [piece.pdf.read_bytes() for piece in _prepare(tmp_path, fonts, *names).pieces]
    assert len(first) == 3
    assert first == second


@pytest.mark.parametrize("name", ["work"])
def test_a_work_folder_that_cannot_be_written(name: str, fonts: FontSet, tmp_path: Path) -> None:
    Image.new("L", (10, 10)).save(tmp_path / "x.png")
    (tmp_path / name).touch()
    with pytest.raises(AssemblerError) as caught:
        _prepare(tmp_path, fonts, "x.png")
    assert caught.value.problems[0].code == "output-unwritable"


def test_what_is_cited_has_a_band_over_each_page_or_a_sheet_before_it(fonts: FontSet, tmp_path: Path) -> None:
    Image.new("L", (600, 400), 255).save(tmp_path / "plan.png")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.add_blank_page(page_size=(842, 595))
        pdf.save(tmp_path / "order.pdf")
    long = "صورت‌جلسه " + "بسیار " * 60
    files = [
        Attachment("plan.png", tmp_path / "plan.png", "مستند شماره ۱", ("نقشه طبقه 2",), section="شاخص ۳"),
        Attachment("order.pdf", tmp_path / "order.pdf", "مستند شماره ۲", (long,)),
    ]
    banded = prepare(files, tmp_path / "banded", fonts=fonts).pieces
    finished = finish(banded, tmp_path / "out.pdf", title="t", author="a", fonts=fonts)
    assert verify(finished.path, expect(banded, title="t", fonts=fonts)) == ()
    with closing(pypdfium2.PdfDocument(finished.path)) as document:
        texts = [unicodedata.normalize("NFKC", page.get_textpage().get_text_range()) for page in document]
    told = ("مستند شماره ۱", "نقشه طبقه ۲", "شاخص ۳")
    assert [len(texts), *(text in texts[0] for text in told)] == [3, True, True, True]
    assert ["مستند شماره ۲" in text and "..." in text for text in texts[1:]] == [True, True]
    assert ["برگ ۲ از ۲" in text for text in texts] == [False, False, True]
    assert not any("plan" in text or "order" in text for text in texts)
    separated = prepare(files, tmp_path / "separated", fonts=fonts, separated=True).pieces
    assert [(len(_sizes(piece.pdf)), piece.band) for piece in separated] == [(2, None), (3, None)]


def _forms(folder: Path, name: str, **form: object) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.AcroForm = pikepdf.Dictionary({f"/{key}": value for key, value in form.items()})
        pdf.save(folder / name)


def test_what_no_page_shows_is_refused_with_what_to_do(fonts: FontSet, tmp_path: Path) -> None:
    _forms(tmp_path, "xfa.pdf", Fields=pikepdf.Array(), XFA=pikepdf.String("<template/>"))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["صورت‌جلسه.docx"] = b"x"
        pdf.Root.Collection = pikepdf.Dictionary()
        pdf.save(tmp_path / "folder.pdf")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        page = pdf.pages[0].obj
        pdf.Root.Pages.Kids = pikepdf.Array([page] * 1200)
        pdf.Root.Pages.Count = 1200
        pdf.save(tmp_path / "long.pdf")
    names = ("xfa.pdf", "folder.pdf", "long.pdf")
    files = [Attachment(name, tmp_path / name) for name in names]
    told = [(found.code, found.arguments) for found in inspect(files)]
    assert [code for code, _ in told] == ["attachment-xfa", "attachment-portfolio", "attachment-pages"]
    assert told[1][1]["names"] == "صورت‌جلسه.docx"
    assert told[2][1]["count"] == 1200
    assert [found.code for found in prepare(files, tmp_path / "work", fonts=fonts).problems] == [
        code for code, _ in told
    ]


def test_a_field_that_is_its_own_kid_is_no_signature(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        field = pdf.make_indirect(pikepdf.Dictionary(T="x"))
        field.Kids = pikepdf.Array([field] * 40)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        assert not is_signed(pdf)


@pytest.mark.parametrize("box", [(595, 842, 0, 0), (0, 842, 595, 0), (595, 0, 0, 842)])
def test_a_page_measured_from_another_corner(box: tuple[int, ...], fonts: FontSet, tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].mediabox = pikepdf.Array(box)
        pdf.pages[0].contents_add(b"0 0 1 rg 0 0 595 842 re f")
        pdf.save(tmp_path / "turned.pdf")
    (piece,) = _prepare(tmp_path, fonts, "turned.pdf").pieces
    assert _sizes(piece.pdf) == [(595, 842)]
    with closing(pypdfium2.PdfDocument(piece.pdf)) as made:
        assert made[0].render().to_pil().getpixel((297, 400)) == (0, 0, 255)


def test_pictures_of_telephones_and_of_any_ending(fonts: FontSet, tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), "red").save(tmp_path / "photo.avif")
    for name in ("photo.jfif", "photo.jpe", "photo", "photo.pdf"):
        Image.new("RGB", (60, 40), "red").save(tmp_path / name, "JPEG")
    pieces = _prepare(tmp_path, fonts, "photo.avif", "photo.jfif", "photo.jpe", "photo", "photo.pdf").pieces
    assert [_sizes(piece.pdf) for piece in pieces] == [[(842, 595)]] * 5
    (tmp_path / "cut.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    (found,) = inspect([Attachment("cut.heic", tmp_path / "cut.heic")])
    assert (found.code, "JPEG" in found.message) == ("attachment-broken", True)


def test_a_link_that_leads_to_itself_is_missing(tmp_path: Path) -> None:
    (tmp_path / "x.png").symlink_to("x.png")
    assert [found.code for found in inspect([Attachment("x.png", tmp_path / "x.png")])] == ["attachment-missing"]


def test_pages_are_counted_before_they_are_drawn(tmp_path: Path, fonts: FontSet) -> None:
    pages = [Image.new("L", (200, 300), shade) for shade in (0, 120, 255)]
    pages[0].save(tmp_path / "scan.tif", save_all=True, append_images=pages[1:])
    pages[0].save(tmp_path / "photo.jpg")
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        pdf.save(tmp_path / "two.pdf")
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pikepdf.Dictionary())])
        pdf.save(tmp_path / "signed.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "mail.eml").write_bytes(b"From: a@example.ir\n\nx")
    names = ("scan.tif", "photo.jpg", "two.pdf", "signed.pdf")
    files = [Attachment(name, tmp_path / name) for name in names]
    drawn = prepare(files, tmp_path / "work", fonts=fonts).pieces
    assert [count(file) for file in files] == [page_count(piece.pdf) for piece in drawn] == [3, 1, 2, 1]
    assert [count(Attachment(name, tmp_path / name)) for name in ("broken.pdf", "mail.eml", "none.png")] == [None] * 3


# ---------------------------------------------------------------- pages that pictures share, and that are turned


def _cited(folder: Path, *names: str) -> list[Attachment]:
    return [Attachment(name, folder / name, f"مستند شماره {at}", (name,), "x/a") for at, name in enumerate(names, 1)]


def _shared(folder: Path, fonts: FontSet, sharing: int, *names: str) -> tuple[Piece, ...]:
    made = prepare(_cited(folder, *names), folder / "work", fonts=fonts, sharing=sharing)
    assert not made.problems
    return made.pieces


@pytest.fixture
def pictures_of_an_office(tmp_path: Path) -> Path:
    for name, size in {
        "a": (900, 600),
        "b": (600, 900),
        "c": (4000, 3000),
        "d": (700, 700),
        "scan": (1654, 2339),
    }.items():
        Image.new("RGB", size, "teal").save(tmp_path / f"{name}.png")
    Image.new("1", (300, 300)).save(tmp_path / "two.tif", save_all=True, append_images=[Image.new("1", (300, 300))])
    return tmp_path


def test_small_pictures_that_follow_one_another_share_a_page(fonts: FontSet, pictures_of_an_office: Path) -> None:
    names = ("a.png", "b.png", "c.png", "scan.png", "d.png", "two.tif", "a.png")
    pieces = _shared(pictures_of_an_office, fonts, 2, *names)
    assert [piece.beside for piece in pieces] == [False, True, False, False, False, False, False]
    assert [own_pages(piece) for piece in pieces] == [1, 0, 1, 1, 1, 2, 1]
    assert [piece.name for piece in pieces] == [f"evidence-{number}" for number in range(1, 8)]
    assert len(PdfReader(pieces[0].pdf).pages[0].images) == 2


def test_four_stand_in_the_order_they_are_read_in(fonts: FontSet, pictures_of_an_office: Path) -> None:
    pieces = _shared(pictures_of_an_office, fonts, 4, "a.png", "b.png", "c.png", "d.png")
    bands = [piece.band.at for piece in pieces if piece.band and piece.band.at]
    assert [own_pages(piece) for piece in pieces] == [1, 0, 0, 0]
    assert bands[0][0] > bands[1][0]
    assert bands[0][1] == bands[1][1] < bands[2][1]
    assert bands[0][0] + bands[0][2] <= 595 - 34 + 0.3


def test_a_broken_one_of_them_is_told(fonts: FontSet, pictures_of_an_office: Path) -> None:
    data = (pictures_of_an_office / "b.png").read_bytes()
    (pictures_of_an_office / "b.png").write_bytes(data[:-150])
    files = _cited(pictures_of_an_office, "a.png", "b.png")
    made = prepare(files, pictures_of_an_office / "work", fonts=fonts, sharing=2)
    assert [found.code for found in made.problems] == ["attachment-broken"]


def test_each_is_cited_at_the_page_they_share(fonts: FontSet, pictures_of_an_office: Path) -> None:
    pieces = _shared(pictures_of_an_office, fonts, 2, "c.png", "a.png", "d.png", "b.png", "scan.png")
    out = pictures_of_an_office / "packet.pdf"
    pieces = tuple(replace(piece, outline=(OutlineEntry(piece.title, 1, 0),)) for piece in pieces)
    finished = finish(pieces, out, title="بسته", author="", fonts=fonts)
    assert [(part.first, part.pages) for part in finished.ranges] == [(0, 1), (0, 0), (1, 1), (1, 0), (2, 1)]
    assert verify(out, expect(pieces, title="بسته", fonts=fonts)) == ()
    with closing(pypdfium2.PdfDocument(out)) as pdf:
        shown = unicodedata.normalize("NFKC", pdf[1].get_textpage().get_text_bounded())
        assert "مستند شماره ۳" in shown
        assert "مستند شماره ۴" in shown
        assert "برگ" not in shown


@pytest.mark.parametrize(
    ("binding", "turned", "clear"), [("", 0, "none"), ("right", 90, "right"), ("left", 270, "left")]
)
def test_pages_that_lie_are_turned_to_their_binding(
    fonts: FontSet, pictures_of_an_office: Path, binding: Binding, turned: int, clear: str
) -> None:
    files = _cited(pictures_of_an_office, "c.png", "b.png")
    pieces = prepare(files, pictures_of_an_office / "work", fonts=fonts, binding=binding).pieces
    out = pictures_of_an_office / "packet.pdf"
    finish(pieces, out, title="بسته", author="", fonts=fonts, binding=binding)
    assert [page.rotation for page in PdfReader(out).pages] == [turned, 0]
    assert verify(out, expect(pieces, title="بسته", fonts=fonts)) == ()
    with closing(pypdfium2.PdfDocument(out)) as pdf:
        page = pdf[0]
        shown = page.render(scale=1).to_pil().convert("L").point(lambda grey: 255 * (grey < 200)).getbbox()
        width, height = (round(side) for side in page.get_size())
    assert (width > height) == (not binding)
    assert shown is not None
    margins = {"left": shown[0], "right": width - shown[2]}
    if binding:  # the band stands at the binding and leaves it room; the number at the foot
        assert margins[clear] >= 40
        assert height - shown[3] < 40
