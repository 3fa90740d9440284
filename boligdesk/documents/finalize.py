"""What makes a drawn file PDF/A-2a and PDF/UA-1: tree, language, metadata, colours, clean streams."""

from __future__ import annotations

import functools
import io
import re
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from boligdesk.documents.tagging import Annotation, Mark, Node, Structure
from boligdesk.resources import resource_path

if TYPE_CHECKING:
    import datetime as dt

    import pikepdf

_URI_SIGNS = ":/?#[]@!$&'()*+,;=%~"
_PRODUCER = "Boligdesk"
_CODE = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_ENDS_IN_CR = b"\r\nendstream"


def finalize(raw: bytes, structure: Structure, *, title: str, language: str, day: dt.date) -> bytes:
    """The finished file. Depends on its arguments only: no clock, no chance."""
    import pikepdf

    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _Tree(pdf, structure).write()
        _catalog(pdf, title, language, day)
        for page in pdf.pages:
            page.obj.Tabs = pikepdf.Name.S
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.Font:
                _clean_codes(thing)
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                _pack(thing)
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """With object streams, unless one of them would end so that a strict reader takes it for longer than it is."""
    import pikepdf

    made = b""
    for mode in (pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable):
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=mode, compress_streams=False)
        made = out.getvalue()
        if _ENDS_IN_CR not in made:
            break
    return made


def _pack(stream: Any) -> None:
    """Compress, with a filling byte where the packed bytes would end in a carriage return."""
    import pikepdf

    is_xml = stream.get("/Type") == pikepdf.Name.Metadata
    data = stream.read_bytes()
    while _ends_in_return(data):
        data += b"\n"  # means nothing after a page, a table of codes, a font or a picture
    if "/Length1" in stream:
        stream.Length1 = len(data)
    if is_xml:  # an archive reads it without unpacking
        stream.write(data)
    else:
        stream.write(zlib.compress(data), filter=pikepdf.Name.FlateDecode)


def _ends_in_return(data: bytes) -> bool:
    """Whether zlib would end the packed bytes in a carriage return: the last is the last of the sum over the data."""
    return zlib.adler32(data) & 0xFF == 0x0D


def _clean_codes(font: Any) -> None:
    """Of unused codes: reportlab maps them to U+0000, which no standard allows, in one block of any length."""
    old = font.ToUnicode.read_bytes()
    found = [(code, bytes.fromhex(sign.decode())) for code, sign in _CODE.findall(old)]
    used = [(code, sign) for code, sign in found if any(sign)]
    lines = [
        old[: old.index(b"1 begincodespacerange")],
        b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n",
    ]
    for start in range(0, len(used), 100):
        some = used[start : start + 100]
        pairs = b"\n".join(b"<%s> <%s>" % (code, sign.hex().upper().encode()) for code, sign in some)
        lines.append(b"%d beginbfchar\n%s\nendbfchar\n" % (len(some), pairs))
    lines.append(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    font.ToUnicode.write(b"".join(lines))


def _catalog(pdf: pikepdf.Pdf, title: str, language: str, day: dt.date) -> None:
    import pikepdf

    root = pdf.Root
    root.Lang = pikepdf.String(language)
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    for name in ("/Outlines", "/PageMode", "/OpenAction"):
        if name in root:
            del root[name]
    profile = pdf.make_stream(_colours())
    profile.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
    metadata = pdf.make_stream(_xmp(title, language, day).encode())
    metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    root.Metadata = metadata
    info = pikepdf.Dictionary(
        Title=pikepdf.String(title),
        Creator=pikepdf.String(_PRODUCER),
        Producer=pikepdf.String(_PRODUCER),
        CreationDate=pikepdf.String(f"D:{day:%Y%m%d}000000Z"),
    )
    pdf.trailer.Info = pdf.make_indirect(info)


@functools.cache
def _colours() -> bytes:
    return resource_path("icc", "sRGB.icc").read_bytes()


def _xmp(title: str, language: str, day: dt.date) -> str:
    """Metadata by hand: a few fixed fields, in step with the Info dictionary, and the extension PDF/UA needs."""
    safe = escape(title)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{safe}</rdf:li><rdf:li xml:lang="{language}">{safe}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{_PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{day.isoformat()}T00:00:00Z</xmp:CreateDate>
<pdf:Producer>{_PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


class _Tree:
    """Writes the structure tree and what points into it."""

    def __init__(self, pdf: pikepdf.Pdf, structure: Structure) -> None:
        import pikepdf

        self.pdf = pdf
        self.structure = structure
        self.pages = [page.obj for page in pdf.pages]
        self.made: dict[Node, Any] = {}
        self.new = pikepdf
        self.parents: list[Any] = []
        for annotation in structure.links:
            annotation.node.kids.append(annotation)

    def write(self) -> None:
        new, pdf = self.new, self.pdf
        tree = pdf.make_indirect(new.Dictionary(Type=new.Name.StructTreeRoot))
        root = self._element(self.structure.root, tree)
        for number, (page, marks) in enumerate(zip(self.pages, self.structure.marks, strict=True)):
            page.StructParents = number
            self.parents += [number, pdf.make_indirect(new.Array([self.made[node] for node in marks]))]
        for place, link in enumerate(self.structure.links, len(self.pages)):
            self.parents += [place, self.made[link.node]]
        tree.K = new.Array([root])
        tree.ParentTree = pdf.make_indirect(new.Dictionary(Nums=new.Array(self.parents)))
        tree.ParentTreeNextKey = len(self.pages) + len(self.structure.links)
        pdf.Root.StructTreeRoot = tree

    def _element(self, node: Node, parent: Any) -> Any:
        new = self.new
        made = self.pdf.make_indirect(
            new.Dictionary(Type=new.Name.StructElem, S=new.Name(f"/{node.role}"), P=parent)
        )
        self.made[node] = made
        first = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if first is not None:
            made.Pg = self.pages[first]
        if node.alt:
            made.Alt = new.String(node.alt)
        self._attributes(made, node)
        if node.kids:
            made.K = new.Array([self._kid(kid, made, first) for kid in node.kids])
        return made

    def _attributes(self, made: Any, node: Node) -> None:
        new = self.new
        found = [
            new.Dictionary({"/O": new.Name(f"/{owner}"), f"/{name}": new.Name(f"/{value}")})
            for owner, name, value in node.attributes
        ]
        if node.box:
            box = new.Array([round(value, 2) for value in node.box])
            found.append(new.Dictionary(O=new.Name.Layout, Placement=new.Name.Block, BBox=box))
        if found:
            made.A = found[0] if len(found) == 1 else new.Array(found)

    def _kid(self, kid: Node | Mark | Annotation, made: Any, first: int | None) -> Any:
        new = self.new
        if isinstance(kid, Node):
            return self._element(kid, made)
        if isinstance(kid, Mark):
            if kid.page == first:
                return kid.number
            return new.Dictionary(Type=new.Name.MCR, Pg=self.pages[kid.page], MCID=kid.number)
        return new.Dictionary(Type=new.Name.OBJR, Pg=self.pages[kid.page], Obj=self._annotation(kid))

    def _annotation(self, link: Annotation) -> Any:
        new, page = self.new, self.pages[link.page]
        made = self.pdf.make_indirect(
            new.Dictionary(
                Type=new.Name.Annot,
                Subtype=new.Name.Link,
                Rect=new.Array([round(value, 2) for value in link.box]),
                Border=new.Array([0, 0, 0]),
                F=4,
                Contents=new.String(link.words or link.uri),
                A=new.Dictionary(S=new.Name.URI, URI=new.String(quote(link.uri, safe=_URI_SIGNS))),
                StructParent=len(self.pages) + self.structure.links.index(link),
            )
        )
        if "/Annots" not in page:
            page.Annots = new.Array([])
        page.Annots.append(made)
        return made
