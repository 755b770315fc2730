/** Notes of an address. */

/** Most characters of notes, on every panel. A character outside of the first 65,536, such as an emoji, counts once. */
export const mostOfNotes = 256;
