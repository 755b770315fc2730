/*
 * Whole numbers with ten significant bits: exact below 1,024, else right within a thousandth, which no chart can show.
 * Figures that are nearly the same have nearly the same code, so differences of codes are short.
 */

const exact = 1024;
const perOctave = 512;

/** Negative numbers and what is no number count as 0. A larger number never has a smaller code. */
export function coarse(value: number): number {
  if (!(value > 0)) return 0;
  const whole = Math.min(Math.round(value), Number.MAX_SAFE_INTEGER);
  if (whole < exact) return whole;
  const exponent = Math.floor(Math.log2(whole)) - 9;
  // Rounded up it may be the first of the next octave, whose code follows the last of this one.
  return exact + exponent * perOctave - perOctave + Math.round(whole / 2 ** exponent) - perOctave;
}

export function fine(code: number): number {
  if (code < exact) return code;
  const octave = Math.floor((code - exact) / perOctave);
  return (perOctave + ((code - exact) % perOctave)) * 2 ** (octave + 1);
}
