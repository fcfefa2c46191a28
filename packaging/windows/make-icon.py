#!/usr/bin/env python3
"""Makes jtai.ico from the rectangles of icon.svg. Needs Pillow; run it when icon.svg changes, and commit both."""

import pathlib
import xml.etree.ElementTree as ET

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
SIZES = [16, 20, 24, 32, 48, 64, 256]
GRID = 16
# Drawn this much larger and made smaller, for round corners without steps.
FINER = 8


def drawn(size: int) -> Image.Image:
    """The icon at one size."""
    image = Image.new("RGBA", (size * FINER, size * FINER), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    step = size * FINER / GRID
    for rect in ET.parse(HERE / "icon.svg").getroot().iter("{http://www.w3.org/2000/svg}rect"):
        x, y, width, height, radius = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height", "rx"))
        box = [round(x * step), round(y * step), round((x + width) * step) - 1, round((y + height) * step) - 1]
        draw.rounded_rectangle(box, radius=radius * step, fill=rect.get("fill"))
    return image.resize((size, size), Image.Resampling.BOX)


def main() -> None:
    images = [drawn(size) for size in SIZES]
    largest = images[-1]
    largest.save(HERE / "jtai.ico", sizes=[(size, size) for size in SIZES], append_images=images[:-1])


main()
