// A picture of a window made small: at most 256 colours, looked up in a palette (PNG, W3C Recommendation, colour type 3).
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS = 256;

/** The picture (8 bits a channel, RGB or RGBA, as browsers write it) with a palette. */
export function indexedPng(png) {
  const { width, height, channels, pixels } = decode(png);
  const colours = new Map();
  const keyAt = (i) => (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
  for (let i = 0; i < pixels.length; i += channels) colours.set(keyAt(i), (colours.get(keyAt(i)) ?? 0) + 1);
  const { palette, indexOf } = reduced(colours);
  const lines = Buffer.alloc(height * (width + 1));
  for (let y = 0, at = 0; y < height; y++) {
    // Each line begins with its filter; for palettes none is best.
    for (let x = 0; x < width; x++, at += channels) lines[y * (width + 1) + 1 + x] = indexOf.get(keyAt(at));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((key) => [key >> 16, (key >> 8) & 255, key & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// Every other colour becomes the nearest of the palette. Colours are chosen one after the other, always the one that would be
// farthest from those there are, in view of how often it occurs: a small icon keeps its hue beside thousands of greys.
function reduced(colours) {
  const all = [...colours.keys()];
  const weights = all.map((key) => Math.sqrt(colours.get(key)));
  const distances = new Float64Array(all.length).fill(Number.POSITIVE_INFINITY);
  const nearest = new Uint8Array(all.length);
  const palette = [];
  while (palette.length < Math.min(COLOURS, all.length)) {
    let chosen = 0;
    let most = -1;
    for (let i = 0; i < all.length; i++) {
      const gain = palette.length === 0 ? weights[i] : weights[i] * distances[i];
      if (gain > most) [chosen, most] = [i, gain];
    }
    if (most === 0) break;
    for (let i = 0; i < all.length; i++) {
      const distance = between(all[i], all[chosen]);
      if (distance >= distances[i]) continue;
      distances[i] = distance;
      nearest[i] = palette.length;
    }
    palette.push(all[chosen]);
  }
  return { palette, indexOf: new Map(all.map((key, i) => [key, nearest[i]])) };
}

function between(a, b) {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return 2 * red * red + 4 * green * green + 3 * blue * blue;
}

function decode(png) {
  let at = SIGNATURE.length;
  let head = null;
  const parts = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') head = data;
    else if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const [width, height, depth, colour] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  if (depth !== 8 || (colour !== 2 && colour !== 6) || head[12] !== 0) throw new Error('a picture of another kind');
  const channels = colour === 2 ? 3 : 4;
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels),
  };
}

// PNG §9: every byte is stored as the difference from what its neighbours to the left and above let expect.
function unfiltered(stored, stride, height, channels) {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = stored[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const i = y * stride + x;
      const left = x < channels ? 0 : pixels[i - channels];
      const above = y === 0 ? 0 : pixels[i - stride];
      const corner = y === 0 || x < channels ? 0 : pixels[i - stride - channels];
      pixels[i] =
        stored[y * (stride + 1) + 1 + x] + [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
    }
  }
  return pixels;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
