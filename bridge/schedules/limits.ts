/** Longest time between two tasks, in seconds (PROTOCOL 2.20.9). */
export const longestOffset = 900;
