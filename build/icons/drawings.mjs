/*
 * What Perch's icons look like, as SVG. The states have the shapes and colours of the windows (renderer/style,
 * renderer/ui/mark.svelte); in the tray each shape sits on a perch.
 */

/** `light` is drawn for a light panel, `dark` for a dark one. */
const palettes = {
  light: { running: '#16824a', busy: '#99610a', crashed: '#c62f2b', grey: '#5b5e69', perch: '#3a3c44' },
  dark: { running: '#3ecb7e', busy: '#f0b23f', crashed: '#ff736c', grey: '#b4b7c0', perch: '#e4e5e9' },
};
const black = { running: '#000', busy: '#000', crashed: '#000', grey: '#000', perch: '#000' };

/** @typedef {keyof typeof trayShapes} TrayState */
/** @typedef {'light' | 'dark' | 'template'} TrayVariant */

/**
 * On a grid of 16, of which the lowest three rows are the perch's.
 *
 * @type {Record<string, (colours: typeof black) => string>}
 */
const trayShapes = {
  running: ({ running }) => `<circle cx="8" cy="6.2" r="5.2" fill="${running}"/>`,
  busy: ({ busy }) =>
    `<g fill="none" stroke="${busy}" stroke-width="2"><circle cx="8" cy="6.2" r="4.2" opacity=".35"/>` +
    `<path d="M8 2a4.2 4.2 0 0 1 0 8.4" stroke-linecap="round"/></g>`,
  offline: ({ grey }) => `<circle cx="8" cy="6.2" r="4.4" fill="none" stroke="${grey}" stroke-width="1.6"/>`,
  crashed: ({ crashed }) =>
    `<path d="M8 1.6 13.3 10.6H2.7z" fill="${crashed}" stroke="${crashed}" stroke-width="1.6" stroke-linejoin="round"/>`,
  unknown: ({ grey }) =>
    `<circle cx="8" cy="6.2" r="4.4" fill="none" stroke="${grey}" stroke-width="1.7" stroke-dasharray="2.6 2.01"/>`,
  idle: ({ perch }) =>
    `<g transform="translate(1.15 -.55) scale(.0268)" fill="${perch}">${birdBody}${birdBeak}</g>`,
};

export const trayStates = Object.keys(trayShapes);

const birdBody =
  '<path d="M300 92C204 92 178 168 146 246L62 430 214 400C326 396 386 330 386 196 386 132 352 92 300 92Z"/>';
const birdBeak = '<path d="M380 156 456 190 384 224Z"/>';

/**
 * @param {string} state one of `trayStates`
 * @param {TrayVariant} variant `template` is black for macOS, which colours it itself
 */
export function traySvg(state, variant) {
  const colours = variant === 'template' ? black : palettes[variant];
  const shape = trayShapes[state];
  if (!shape) throw new Error(`there is no tray icon for ${state}`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${shape(colours)}` +
    `<rect x="1.5" y="13" width="13" height="2" rx="1" fill="${colours.perch}"/></svg>`
  );
}

/** The application's own icon: a bird on its perch. */
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
