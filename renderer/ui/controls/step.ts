/**
 * Adds 1 to a number written as text, or subtracts 1, within bounds. null for no number or at a bound; an empty text
 * starts at the lower bound or at 0.
 */
export function stepped(text: string, by: 1 | -1, min: string | null, max: string | null): string | null {
  const low = min === null ? -Infinity : Number(min);
  const high = max === null ? Infinity : Number(max);
  const written = text.trim();
  if (written === '') return String(Number.isFinite(low) ? Math.ceil(low) : Math.min(0, high));
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(written)) return null;
  const [whole = '', decimals = ''] = written.split('.');
  if (!Number.isSafeInteger(Number(whole))) return null;
  const next = Number((Number(written) + by).toFixed(Math.min(decimals.length, 20)));
  const kept = Math.min(Math.max(next, low), high);
  return kept === Number(written) ? null : String(kept);
}
