/** How players join the game of a server, as far as name servers and the game's own settings say. */
import * as z from 'zod';
import { serverRef } from './server-calls.js';

const joinInfoSchema = z.object({
  /**
   * Where the SRV record of the typed name sends players of Minecraft (Java Edition) who type no port; null = there is no
   * record, or the game uses none.
   */
  service: z.object({ host: z.string(), port: z.number() }).nullable(),
  /**
   * What `server.properties` says about the port and about answers to questions. null = the game has no such file, Perch
   * may not read the file, or the game is not silent. `port` null = the file names none.
   */
  settings: z.object({ port: z.number().nullable(), isStatusOff: z.boolean() }).nullable(),
});
export type JoinInfo = z.infer<typeof joinInfoSchema>;

export const joinInfoContract = {
  /** Asks the name servers, and reads the game's settings while the game is silent. */
  'players.joinInfo': { input: serverRef, output: joinInfoSchema },
};
