import * as z from 'zod';

/** Who caused an event, as far as known. */
export const actorSchema = z.discriminatedUnion('kind', [
  /**
   * The user of this Perch.
   * `bulk` = part of a bulk action; `program` = name of the program that acted with the user's consent; `rule` = Perch
   * acted by a rule of the user; `emptyMinutes` = Perch acted because nobody was on for so long.
   */
  z.object({
    kind: z.literal('me'),
    bulk: z.boolean(),
    program: z.string().optional(),
    rule: z.literal(true).optional(),
    emptyMinutes: z.number().optional(),
  }),
  /** Somebody named by the panel's activity. */
  z.object({ kind: z.literal('person'), name: z.string() }),
  /** A schedule that somebody ran by hand; `by` = that person, if the panel names them. */
  z.object({ kind: z.literal('schedule'), name: z.string(), by: z.string().nullable() }),
  /**
   * Somebody or something other than Perch. `isUnnamed` = the panel was asked and names nobody: its activity contains
   * neither automatic schedules nor actions of the host outside the panel (PROTOCOL 2.14).
   */
  z.object({ kind: z.literal('unknown'), isUnnamed: z.literal(true).optional() }),
]);
export type Actor = z.infer<typeof actorSchema>;
