/** Calls about SFTP. No output contains a key. */
import * as z from 'zod';
import { accountRef } from './account-calls.js';
import { serverRef } from './server-calls.js';

const nothing = z.void();

export const sftpContract = {
  /**
   * Makes a key for the server's account, keeps it in the keychain and registers it with the panel. Replaces the key of
   * an earlier call.
   */
  'sftp.setUp': { input: serverRef, output: nothing },
  /** Removes the key from the panel, then from the keychain. Rejects, and changes nothing, if the panel does not answer. */
  'sftp.withdraw': { input: accountRef, output: nothing },
  /** Connects to the node and closes the connection again, to see whether the key works. */
  'sftp.try': { input: serverRef, output: nothing },
  /** Opens `sftp://user@host:port/` in the program that the system has for it. */
  'sftp.open': { input: serverRef, output: nothing },
  /**
   * Trusts the key that a node presents instead of the pinned one. `fingerprint` = the fingerprint that the person saw
   * in a problem with code `host-key-changed`; main refuses any other.
   */
  'sftp.trustHost': { input: serverRef.extend({ fingerprint: z.string().max(100) }), output: nothing },
};
