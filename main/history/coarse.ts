/*
 * Integers with ten significant bits: exact below 1,024, otherwise within a thousandth, which no chart can show.
 * Similar numbers have similar codes, so differences between codes are short.
 */

const exact = 1024;
const perOctave = 512;

/** Negative numbers and NaN count as 0. Larger numbers never have smaller codes. */
export function coarse(value: number): number {
  if (!(value > 0)) return 0;
  const whole = Math.min(Math.round(value), Number.MAX_SAFE_INTEGER);
  if (whole < exact) return whole;
  const exponent = Math.floor(Math.log2(whole)) - 9;
  // Rounding up may give the first number of the next octave; its code follows the last code of this one.
  return exact + exponent * perOctave - perOctave + Math.round(whole / 2 ** exponent) - perOctave;
}

export function fine(code: number): number {
  if (code < exact) return code;
  const octave = Math.floor((code - exact) / perOctave);
  return (perOctave + ((code - exact) % perOctave)) * 2 ** (octave + 1);
}
