/** Longest wait of a bulk action for one server to run, before the next server gets its signal (ms). */
export const comeUpMs = 5 * 60_000;
