import * as z from 'zod';
import { channelKinds } from '../alerts/channel-kinds.js';

/**
 * Messages about one event to one channel (CHANNELS "Messages about an event"). Times: wall clock, ms; null = this
 * message was not sent.
 */
export const deliverySchema = z.object({
  channelId: z.string(),
  kind: z.enum(channelKinds),
  name: z.string(),
  /**
   * `trying` = a text still waits; otherwise the last text was not sent: the service refused the text (`refused`), the
   * text was too old (`too-old`), too many texts waited (`too-many`), the event was over (`over`), or the channel was
   * off (`off`).
   */
  state: z.enum(['sent', 'trying', 'refused', 'too-old', 'too-many', 'over', 'off']),
  /** The first message. */
  at: z.number().nullable(),
  /** The last further message, of a service that cannot change messages. */
  againAt: z.number().nullable(),
  /** The last change of the message. */
  editedAt: z.number().nullable(),
  /** Attempts that failed. */
  failures: z.number().int().min(0),
});
export type Delivery = z.infer<typeof deliverySchema>;
