/** Events of a server's console, as main sends them to the windows. */
import * as z from 'zod';

/** One console event, which may contain several lines (PROTOCOL 4.12). `text` is raw and hostile. */
export const consoleLineSchema = z.object({
  /** Counts up per server; a gap means that lines were dropped. */
  seq: z.number(),
  at: z.number(),
  /**
   * `server` = the process; `history` = replayed by `send logs`; `daemon` = Wings itself; `install` = installation
   * output.
   */
  source: z.enum(['server', 'history', 'daemon', 'install']),
  text: z.string(),
});
export type ConsoleLine = z.infer<typeof consoleLineSchema>;
