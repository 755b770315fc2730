/** Requests about the people who share a server, whom the panels call subusers (PROTOCOL 2.23). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { read, serverPath, write } from './call.js';
import { peopleAnswer, personItem } from './wire/people.js';

/** Path of one person. The id comes from a panel or a window. */
function personPath(identifier: string, person: string): string {
  if (!/^[\w-]{1,100}$/.test(person)) {
    throw new PerchError(
      newProblem('not-found', sentence('panel.no-person-id'), sentence('panel.load-people')),
    );
  }
  return serverPath(identifier, `/users/${person}`);
}

const unsure = sentence('panel.maybe-person');

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const peopleRequests = {
  /** Everybody but the owner. */
  people: (identifier: string) =>
    read(serverPath(identifier, '/users'), sentence('panel.what.people'), peopleAnswer, {
      subject: 'server',
      permission: 'user.read',
    }),

  person: (identifier: string, person: string) =>
    read(personPath(identifier, person), sentence('panel.what.person'), personItem, {
      subject: 'person',
      permission: 'user.read',
    }),

  /** Without an account for the address, the panel makes one and sends a mail. Newer panels take ten in 15 minutes. */
  addPerson: (identifier: string, fields: { email: string; permissions: readonly string[] }) =>
    write('POST', serverPath(identifier, '/users'), {
      body: { permissions: fields.permissions, email: fields.email },
      what: sentence('panel.what.person-add'),
      permission: 'user.create',
      unsure,
      throttled: 'person-throttled',
      hasOwnLimit: true,
      answer: personItem,
    }),

  /** Replaces all permissions. */
  changePerson: (identifier: string, person: string, permissions: readonly string[]) =>
    write('POST', personPath(identifier, person), {
      body: { permissions },
      what: sentence('panel.what.person-change'),
      subject: 'person',
      permission: 'user.update',
      unsure,
      answer: personItem,
    }),

  removePerson: (identifier: string, person: string) =>
    write('DELETE', personPath(identifier, person), {
      what: sentence('panel.what.person-remove'),
      subject: 'person',
      permission: 'user.delete',
      unsure,
    }),
};
