import { writtenForms } from '../../bridge/redaction/written-forms.js';
import type { HttpResponse } from './network-ports.js';

/** Shorter secrets and forms are not cut out of an answer: they would cut words that only look like them. */
const shortest = 4;

/**
 * Removes the secrets of a request from its answer, because a hostile or broken server may repeat the request: in JSON as
 * PHP writes it, in an address, in Base64. Each becomes `***`, as in what Perch hides from programs.
 */
export function withoutEchoes(response: HttpResponse, secrets: readonly string[]): HttpResponse {
  const isLong = ({ length }: string): boolean => length >= shortest;
  const forms = secrets.filter(isLong).flatMap(writtenForms).filter(isLong);
  // The longest first: one form may be a part of another.
  const cut = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const clean = (text: string) => cut.reduce((done, form) => done.replaceAll(form, '***'), text);
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, clean(value)]),
  );
  return { ...response, headers, body: clean(response.body) };
}
