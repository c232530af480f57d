"""Takes the concepts' glyphs out of two black-and-white emoji fonts, as outlines for render-sprites.mjs.

    python3 glyphs.py

Noto Emoji (@fontsource/noto-emoji) and Symbola (Debian's fonts-symbola) -> sprites/glyphs.json:
{font: {code point in hex: {"path": SVG path, y upwards, "box": [left, bottom, right, top]}}}.
"""
import json
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FONTS = {
    "noto-emoji-font": sorted((HERE / "node_modules/@fontsource/noto-emoji/files").glob("noto-emoji-*-400-normal.woff")),
    "symbola": [Path("/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf")],
}


def wanted_codes():
    rows = [line.split("|") for line in (HERE / "concepts.txt").read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    return {code for row in rows for column in row[6:8] for code in column.split() if "-" not in code}


def read_glyphs(files, codes):
    """The outlines of those code points that the font's files hold."""
    found = {}
    for file in files:
        font = TTFont(file)
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        for code in sorted(codes):
            name = names.get(int(code, 16))
            if not name or code in found:
                continue
            pen, bounds = SVGPathPen(glyphs), BoundsPen(glyphs)
            glyphs[name].draw(pen)
            glyphs[name].draw(bounds)
            if bounds.bounds:
                found[code] = {"path": pen.getCommands(), "box": bounds.bounds}
    return found


if __name__ == "__main__":
    glyphs = {font: read_glyphs(files, wanted_codes()) for font, files in FONTS.items()}
    (HERE / "sprites").mkdir(exist_ok=True)
    (HERE / "sprites/glyphs.json").write_text(json.dumps(glyphs))
    print({font: len(found) for font, found in glyphs.items()})
