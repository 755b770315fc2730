/** Takes its time as the real thing does; by the timers of this process, which tests replace. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
