"""Pictures that stay small (配图文件): a browser draws one of a page, and another page of it reduces its colours.

Colours that are near each other become one, the more frequent; the eight that fill a page stay as they are.
"""

import base64

from playwright.async_api import Page

TALLEST = 1000
"""Pixels; what is further down a long page is not pictured."""

_REDUCE = """async ([source, tallest]) => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + source)).blob());
  const scale = image.width > 800 ? 0.75 : 1;
  const [width, height] = [image.width * scale, Math.min(image.height, tallest) * scale].map(Math.round);
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.imageSmoothingQuality = 'high';
  canvas.drawImage(image, 0, 0, width, Math.round(image.height * scale));
  const seen = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const colour of seen) counts.set(colour, (counts.get(colour) || 0) + 1);
  const parts = colour => [colour & 255, colour >> 8 & 255, colour >> 16 & 255];
  const palette = [], place = new Map();
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1])) {
    const [r, g, b] = parts(colour);
    let best = 0, least = Infinity;
    palette.forEach((other, index) => {
      const [x, y, z] = parts(other), far = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
      if (far < least) [best, least] = [index, far];
    });
    if (least > (palette.length < 8 ? 150 : 4500) && palette.length < 256) best = palette.push(colour) - 1;
    place.set(colour, best);
  }
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = place.get(seen[y * width + x]);
  }
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  const table = Uint32Array.from({length: 256}, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ n >>> 1 : n >>> 1;
    return n >>> 0;
  });
  const number = n => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255];
  const chunk = (name, bytes) => {
    const body = [...new TextEncoder().encode(name), ...bytes];
    let check = 0xffffffff;
    for (const byte of body) check = table[(check ^ byte) & 255] ^ check >>> 8;
    return [...number(bytes.length), ...body, ...number((check ^ 0xffffffff) >>> 0)];
  };
  const file = [137, 80, 78, 71, 13, 10, 26, 10,
    ...chunk('IHDR', [...number(width), ...number(height), 8, 3, 0, 0, 0]),
    ...chunk('PLTE', palette.flatMap(parts)), ...chunk('IDAT', data), ...chunk('IEND', [])];
  let text = '';
  for (let i = 0; i < file.length; i += 8192) text += String.fromCharCode(...file.slice(i, i + 8192));
  return btoa(text);
}"""


async def pictured(page: Page, reducer: Page) -> bytes:
    """Return a picture of a page as a PNG file; `reducer` is a blank page that does the work."""
    return await reduced(await page.screenshot(full_page=True), reducer)


async def reduced(drawn: bytes, reducer: Page) -> bytes:
    """Return a PNG file with few colours, cut where it is too tall."""
    done: str = await reducer.evaluate(_REDUCE, [base64.b64encode(drawn).decode("ascii"), TALLEST])
    return base64.b64decode(done)
