/**
 * Status board of a Discord channel: one message with the state of servers, which Perch changes (CHANNELS "Status
 * board").
 */
import * as z from 'zod';

/** The servers that stand on the board. */
const boardServersSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('group'), groupId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('some'), serverIds: z.array(z.string().min(1).max(300)).max(500) }),
]);

export const statusBoardSchema = z.object({
  servers: boardServersSchema,
  showsPlayers: z.boolean(),
  /** Everyone in the Discord channel sees the addresses. */
  showsAddresses: z.boolean(),
});
export type StatusBoard = z.infer<typeof statusBoardSchema>;

/** State of the board's message, kept on disk. */
export const boardRecordSchema = z.object({
  /** Id of the message at Discord; null = there is none, or Perch does not know. */
  reference: z.string().max(200).nullable(),
  /** Hash of the shown text; empty = none. */
  shown: z.string().max(64),
  /** When Discord took the shown text. Wall-clock times, ms since the epoch; null = never. */
  shownAt: z.number().nullable(),
  /** When Perch last replaced a message that somebody had deleted. */
  remadeAt: z.number().nullable(),
  /**
   * Why Perch makes no message until the person wants one. `unsure` = the answer to a new message was lost, so the
   * message may be there. `deleted` = somebody deleted the message again.
   */
  stopped: z.enum(['unsure', 'deleted']).nullable(),
});
export type BoardRecord = z.infer<typeof boardRecordSchema>;

export const noBoardRecord: BoardRecord = {
  reference: null,
  shown: '',
  shownAt: null,
  remadeAt: null,
  stopped: null,
};
