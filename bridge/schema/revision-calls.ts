/** Calls about kept earlier contents of text files of servers. */
import { pathSchema } from './files.js';
import { serverRef } from './server-calls.js';
import { startChangesSchema } from './start-changes.js';
import { openedTextSchema } from './texts.js';
import { revisionSchema } from './revisions.js';

export const revisedFileRef = serverRef.extend({ path: pathSchema });
const revisionRef = revisedFileRef.extend({ id: revisionSchema.shape.id });

export const revisionContract = {
  /** The text of a revision. */
  'revisions.text': { input: revisionRef, output: openedTextSchema },
  /** Compares a server with its last good start. Reads its files as optional calls. */
  'changes.sinceGoodStart': { input: serverRef, output: startChangesSchema },
};
