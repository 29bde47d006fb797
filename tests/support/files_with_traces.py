# SPDX-License-Identifier: EUPL-1.2
"""Files as programs and cameras make them, with a marker wherever they keep what people do not see."""

import io
import struct
import zipfile
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

MARKER = "GPS-51.9244N-4.4777E-merkteken"
TEXT = "De factuur klopt niet."
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def exif_segment(orientation: int) -> bytes:
    """A JPEG segment as a camera writes it: the rotation, and where it was."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + MARKER.encode()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def photo() -> bytes:
    """A JPEG from a telephone, which knows where it was made."""
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(made, "JPEG")
    start, rest = made.getvalue()[:2], made.getvalue()[2:]
    return start + exif_segment(1) + rest


def avif(path: Path) -> None:
    """A picture in the boxes that HEIC has too, red on the left, with camera data and a description."""
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x010F] = MARKER
    description = f"<x:xmpmeta>{MARKER}</x:xmpmeta>".encode()
    picture.save(path, exif=exif.tobytes(), xmp=description, quality=100)


def docx(path: Path) -> None:
    """A letter of one line, with a note."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": _RELATIONSHIPS.format('<Relationship Id="a" Type="t" Target="docProps/core.xml"/>'),
        "docProps/core.xml": f"<c>{MARKER}</c>",
        "word/document.xml": f'<w:document {_W}><w:p w:rsidR="{MARKER}">{TEXT}</w:p></w:document>',
        "word/comments.xml": f'<w:comments {_W}><w:comment w:author="{MARKER}" w:date="{MARKER}"/></w:comments>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def pdf(path: Path) -> None:
    """A page with a note, whose maker is named in three places."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    writer.add_metadata({"/Author": MARKER, "/Producer": MARKER})
    description = StreamObject()
    description.set_data(f"<x:xmpmeta>{MARKER}</x:xmpmeta>".encode())
    description[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(description)
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/App"): TextStringObject(MARKER)})
    note = Text(rect=(10, 10, 30, 30), text="Dit is de regel.")
    note[NameObject("/T")] = TextStringObject(MARKER)
    writer.add_annotation(0, note)
    writer.write(path)


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of a film."""
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + kind + body


def with_traces(film: bytes) -> bytes:
    """A film with what telephones add: a place in its description, and a box of their own behind it."""
    place = 0
    while film[place + 4 : place + 8] != b"moov":
        place += struct.unpack(">I", film[place : place + 4])[0]
    end = place + struct.unpack(">I", film[place : place + 4])[0]
    traces = box(b"udta", box(b"\xa9xyz", MARKER.encode()))
    return film[:place] + box(b"moov", film[place + 8 : end], traces) + film[end:] + box(b"uuid", MARKER.encode())


def unpacked(document: bytes) -> bytes:
    """All parts of a ZIP archive, one after the other; its sums hold."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return b"\n".join(archive.read(name) for name in archive.namelist())
