/** Where the values of a configuration file stand in its text. */

/** A replacement in the text, with offsets in UTF-16 units. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The value of one key. */
export interface Place {
  /** Range of the written value, without quotation marks that stay. */
  readonly from: number;
  readonly to: number;
  /** The value as the game reads it; null if it is none that a form can show, such as a list. */
  readonly value: string | null;
  /**
   * The text that writes another value here; null if the format can't write that value here. `isText` = the value stays a
   * text, even if the format takes its characters for a number or a switch.
   */
  write(value: string, isText: boolean): string | null;
}

/** All values of a text. */
export interface Places {
  /** The places of a key, in the order of the text. */
  at(key: string): readonly Place[];
  /**
   * The change that adds a key that the text lacks; null if the format or the text has no place for it. `isText` = the
   * value is a text, which some formats write between quotation marks.
   */
  add(key: string, value: string, isText: boolean): TextChange | null;
}

/** Reads the values of a text; null if the text as a whole can't be read. */
export type Format = (text: string) => Places | null;

/** Keeps a place of a key; a key may have several. */
export function keepPlace(places: Map<string, Place[]>, key: string, place: Place): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, [place]);
  else known.push(place);
}

/** Whether a value is one line without control characters but tabs. */
export const isOneLine = (value: string): boolean => !/\p{Cc}/u.test(value.replaceAll('\t', ''));

/** A change that adds a line at the end; the text keeps having a final line end, or none. */
export function lineAtEnd(text: string, line: string): TextChange {
  const at = text.length;
  if (text === '' || /[\n\r]$/.test(text)) return { from: at, to: at, insert: `${line}\n` };
  return { from: at, to: at, insert: `\n${line}` };
}
