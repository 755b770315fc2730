/** Limit for slow starts, shorter than the usual setting so that short histories have some. */
export const slowStartMinutes = 2;
