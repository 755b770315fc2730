/** Errors for calls that Perch itself holds back, to stay within the panel's rate limit (PROTOCOL 3.4). Pure. */
import { newProblem, PerchError } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

/** A server's session used up its tokens for now. */
export function tokensUsedUp(place: string, retryAt: number): PerchError {
  const words = newProblem('rate-limited', sentence('panel.rationed', { place }));
  return new PerchError({ ...words, retryAt, ofServer: true });
}

/**
 * Perch has used half of the rate limit, also through bulk actions. The other half is for the user and others.
 */
export function callsUsedUp(place: string, retryAt: number): PerchError {
  return new PerchError({ ...newProblem('rate-limited', sentence('panel.paced', { place })), retryAt });
}
