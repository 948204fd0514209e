"""LibreOffice as somebody who edits: macros in its own Basic, run without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from faircopy.core import process
from faircopy.proof import office
from lxml import etree

SCRIPT = "http://openoffice.org/2000/script"
TOOLS = """
Function At(doc, ByVal words)
  Dim d
  d = doc.createSearchDescriptor()
  d.SearchRegularExpression = True
  d.SearchCaseSensitive = True
  words = Join(Split(Join(Split(words, "."), "[.]"), "?"), "[?]")
  d.SearchString = Join(Split(words, " "), "[ \\x{00a0}]")
  At = doc.findFirst(d)
End Function

Sub Swap(doc, words, other)
  Dim r
  r = At(doc, words)
  r.String = other
End Sub

Sub Dress(doc, words, prop, worth)
  Dim r
  r = At(doc, words)
  r.setPropertyValue(prop, worth)
End Sub

Function Whole(doc, words)
  Dim r, c
  r = At(doc, words)
  c = r.Text.createTextCursorByRange(r.Start)
  c.gotoStartOfParagraph(False)
  c.gotoEndOfParagraph(True)
  Whole = c
End Function

Sub Gone(doc, words)
  Dim c
  c = Whole(doc, words)
  c.goRight(1, True)
  c.String = ""
End Sub

Sub Divide(doc, words)
  Dim r, c
  r = At(doc, words)
  c = r.Text.createTextCursorByRange(r.Start)
  c.goLeft(1, True)
  c.String = ""
  r.Text.insertControlCharacter(c, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
End Sub

Sub Unite(doc, words)
  Dim c
  c = Whole(doc, words)
  c.collapseToEnd()
  c.goRight(1, True)
  c.String = " "
End Sub

Sub Add(doc, behind, words, style)
  Dim c
  c = Whole(doc, behind)
  c.collapseToEnd()
  c.Text.insertControlCharacter(c, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  c.Text.insertString(c, words, False)
  If style <> "" Then c.ParaStyleName = style
End Sub

Sub Note(doc, behind, words)
  Dim r, n
  r = At(doc, behind)
  n = doc.createInstance("com.sun.star.text.Footnote")
  r.Text.insertTextContent(r.End, n, False)
  n.insertString(n.createTextCursor(), words, False)
End Sub

Sub Comment(doc, words, who, what)
  Dim r, a
  r = At(doc, words)
  a = doc.createInstance("com.sun.star.text.textfield.Annotation")
  a.Author = who
  a.Content = what
  r.Text.insertTextContent(r, a, True)
End Sub

Sub Ask(doc, command)
  Dim none()
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch( _
    doc.CurrentController.Frame, command, "", 0, none())
End Sub
"""
EDIT = """
Sub Edit{number}
  Dim how(0) As New com.sun.star.beans.PropertyValue
  Dim form(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, how())
  {lines}
  doc.storeToURL("{target}", form())
  doc.close(True)
End Sub
"""


def edited(data: bytes, edits: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """Return a DOCX as LibreOffice saves it after each of some edits, which are lines of Basic."""
    source = folder / "sent.docx"
    source.write_bytes(data)
    targets = {name: folder / f"edited-{number}.docx" for number, name in enumerate(edits)}
    module = TOOLS
    for number, (name, lines) in enumerate(edits.items()):
        module += EDIT.format(
            number=number,
            source=source.as_uri(),
            target=targets[name].as_uri(),
            lines=lines.strip().replace("\n", "\n  "),
        )
    calls = "\n".join(f"On Error Resume Next\nEdit{number}" for number in range(len(edits)))
    module += f"\nSub Main\n{calls}\nStarDesktop.terminate()\nEnd Sub\n"
    room = folder / "room"
    command = [office.program(), "--headless", f"-env:UserInstallation={room.as_uri()}"]
    # A first start puts an empty module there, over any other.
    process.run([*command, "--terminate_after_init"], timeout=120)
    _write(room / "user" / "basic" / "Standard" / "Module1.xba", module)
    process.run([*command, "macro:///Standard.Module1.Main"], timeout=240)
    return {name: path.read_bytes() for name, path in targets.items() if path.is_file()}


def _write(path: Path, module: str) -> None:
    """Write a module of a profile's own macros."""
    about = {f"{{{SCRIPT}}}name": "Module1", f"{{{SCRIPT}}}language": "StarBasic"}
    text = etree.Element(f"{{{SCRIPT}}}module", about, nsmap={"script": SCRIPT})
    text.text = module
    path.write_bytes(etree.tostring(text))
