/** How long a bulk action waits for one server to run before it goes on with the next server (ms). */
export const comeUpMs = 5 * 60_000;
