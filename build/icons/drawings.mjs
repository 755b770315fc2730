/*
 * Perch's icons as SVG. The states have the shapes and colours of the windows (renderer/style,
 * renderer/ui/drawings/mark.svelte); in the tray each shape sits on a perch.
 */

/**
 * `light` is for a light panel, `dark` for a dark one. The halo has the colour of the intended panel, where it is
 * invisible; on a panel of another colour it outlines the shape.
 */
export const palettes = {
  light: { busy: '#99610a', crashed: '#c62f2b', grey: '#5b5e69', perch: '#3a3c44', halo: '#ffffff' },
  dark: { busy: '#f0b23f', crashed: '#ff736c', grey: '#b4b7c0', perch: '#e4e5e9', halo: '#0b0c0f' },
};
const black = { busy: '#000', crashed: '#000', grey: '#000', perch: '#000' };

/** @typedef {'light' | 'dark' | 'template'} TrayVariant */

/**
 * Pen of a shape: its colour, the additional width of its lines, and whether it draws the halo, which has no gaps.
 *
 * @typedef {{ colour: string, wider: number, isHalo: boolean }} Pen
 */

/**
 * Shapes on a grid of 16. The lowest three rows belong to the perch.
 *
 * @type {Record<string, { colour: keyof typeof black, draw: (pen: Pen) => string }>}
 */
const trayShapes = {
  busy: {
    colour: 'busy',
    draw: ({ colour, wider }) =>
      `<path d="M8 2a4.2 4.2 0 1 1-4.2 4.2" fill="none" stroke="${colour}" stroke-width="${2 + wider}" ` +
      'stroke-linecap="round"/>',
  },
  crashed: {
    colour: 'crashed',
    draw: ({ colour, wider }) =>
      `<path d="M8 1.9 13.1 10.5H2.9z" fill="${colour}" stroke="${colour}" stroke-width="${1.6 + wider}" ` +
      'stroke-linejoin="round"/>',
  },
  unknown: {
    colour: 'grey',
    draw: ({ colour, wider, isHalo }) =>
      `<circle cx="8" cy="6.2" r="4.4" fill="none" stroke="${colour}" stroke-width="${2 + wider}"` +
      `${isHalo ? '' : ' stroke-dasharray="3 1.61"'}/>`,
  },
  idle: {
    colour: 'perch',
    draw: ({ colour, wider }) =>
      `<g transform="translate(${birdX} ${birdY}) scale(${birdScale})" fill="${colour}" stroke="${colour}" ` +
      `stroke-width="${wider / birdScale}" stroke-linejoin="round">${birdBody}${birdBeak}</g>`,
  },
};

export const trayStates = Object.keys(trayShapes);

/** Scaled and moved to the width of the perch, standing on it. */
const birdScale = 0.0315;
const birdX = 0;
const birdY = -1.75;
const birdBody =
  '<path d="M300 92C204 92 178 168 146 246L62 430 214 400C326 396 386 330 386 196 386 132 352 92 300 92Z"/>';
const birdBeak = '<path d="M376 146 466 190 376 234Z"/>';

/**
 * @param {string} state one of `trayStates`
 * @param {TrayVariant} variant `template` is black for macOS, which colours it itself
 * @param {number} size in pixels; the halo is one pixel wide, or two from 32 pixels on
 */
export function traySvg(state, variant, size) {
  const shape = trayShapes[state];
  if (!shape) throw new Error(`there is no tray icon for ${state}`);
  const colours = variant === 'template' ? black : palettes[variant];
  /** @param {Pen} pen @param {string} perch */
  const drawn = (pen, perch) => {
    const { wider } = pen;
    const [x, y, width, height] = [1.5 - wider / 2, 13 - wider / 2, 13 + wider, 2 + wider];
    const bar = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}" fill="${perch}"/>`;
    return shape.draw(pen) + bar;
  };
  const halo = variant === 'template' ? null : palettes[variant].halo;
  // From 32 pixels on, an outline of one pixel is too thin.
  const haloWidth = ((size < 32 ? 1 : 2) * 16) / size;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
    (halo === null ? '' : drawn({ colour: halo, wider: 2 * haloWidth, isHalo: true }, halo)) +
    `${drawn({ colour: colours[shape.colour], wider: 0, isHalo: false }, colours.perch)}</svg>`
  );
}

/** Icon of the application: a bird on its perch. */
export const appSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#6273f2"/><stop offset="1" stop-color="#3443b8"/>
    </linearGradient>
    <linearGradient id="body" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="#e3e7ff"/>
    </linearGradient>
  </defs>
  <rect x="24" y="24" width="464" height="464" rx="108" fill="url(#sky)"/>
  <g transform="translate(10 4)">
    <g stroke="#ffc24b" stroke-width="12" stroke-linecap="round">
      <path d="M236 322V364M276 318V364"/>
    </g>
    <path d="M300 112C222 112 200 188 172 232L96 352 220 334C318 330 366 276 366 188 366 142 340 112 300 112Z" fill="url(#body)"/>
    <path d="M292 212C226 216 186 252 164 312 238 318 292 280 292 212Z" fill="#aab4ff"/>
    <path d="M362 154 424 182 364 212Z" fill="#ffc24b" stroke="#ffc24b" stroke-width="8" stroke-linejoin="round"/>
    <circle cx="318" cy="168" r="13" fill="#1d2570"/>
    <rect x="82" y="360" width="330" height="26" rx="13" fill="#1d2570"/>
    <path d="M348 360C352 322 380 304 416 304 416 340 388 360 348 360Z" fill="#5fe0a0"/>
  </g>
</svg>`;
