/** Parts of a report's lines for the row of a server, which windows show without a press. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';

/** Longest text that is searched for secrets, in characters. */
const mostSearched = 1000;

/**
 * The text in one line of at most `most` characters, with `***` instead of secrets; null if nothing is left. Reports
 * repeat commands and addresses with their passwords. The search does not find half a secret, so the cut comes last.
 */
export function plainPart(text: string, most: number): string | null {
  const line = oneLine(withoutSecretTexts(oneLine(text, mostSearched)), most).trim();
  return line === '' ? null : line;
}
