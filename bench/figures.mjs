/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * The smallest number that this share of the numbers does not exceed.
 *
 * @param {readonly number[]} numbers
 * @param {number} share 0.95
 */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @param {string} what
 * @param {string} value
 * @param {string} [remark]
 */
export function line(what, value, remark = '') {
  console.log(`${what.padEnd(52)} ${value.padStart(9)}${remark === '' ? '' : `   (${remark})`}`);
}

/**
 * Prints a figure with its limit.
 *
 * @param {string} what
 * @param {number} value
 * @param {number} reach the limit; infinite = none, the figure alone
 * @param {{ digits?: number, remark?: string }} [options]
 */
export function bounded(what, value, reach, { digits = 0, remark = '' } = {}) {
  const verdict = value <= reach ? 'kept' : 'MISSED';
  const said = Number.isFinite(reach) ? [`reach ${Number(reach.toFixed(2))}, ${verdict}`] : [];
  line(what, value.toFixed(digits), [...said, ...(remark === '' ? [] : [remark])].join('; '));
}
