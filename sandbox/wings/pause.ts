/** Waits as long as the real operation takes, with timers that tests replace. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
