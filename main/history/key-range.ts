/** Keys of the store from `gte` up to, but without, `lt`. */
export interface KeyRange {
  readonly gte: string;
  readonly lt: string;
}

/** The keys that begin with a prefix. The prefix ends with `/`. */
export function rangeOf(prefix: string): KeyRange {
  return { gte: prefix, lt: `${prefix.slice(0, -1)}0` };
}
