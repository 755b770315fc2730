/** Problems with the key, the panel or the connection: reported once, in the sidebar. */
import { list } from './error-acts.js';
import {
  messagesExcept,
  calm,
  checkAddress,
  direct,
  failing,
  gateway,
  log,
  onKeyPage,
  ownError,
  proxied,
  unknownKey,
  type ErrorRow,
} from './error-table.js';

const theKey = { do: 'keys', user: 'subuser' };
const theList = '/api/client?';

export const panelRows: readonly ErrorRow[] = [
  {
    what: '401: the key has run out',
    orders: [{ ...theKey, expired: true }],
    act: list,
    message: unknownKey,
    undo: [{ ...theKey, expired: false }],
  },
  {
    what: '403: the key is for other addresses',
    orders: [{ ...theKey, allowedIps: ['192.0.2.0/24'] }],
    act: list,
    message: {
      says: '{panel} does not accept this key from the internet address of this computer.',
      next: 'Add this address to the key’s allowed addresses in the panel, or create a key without that list.',
    },
    undo: [{ ...theKey, allowedIps: null }],
  },
  {
    what: '403: an application key',
    orders: [{ ...theKey, kind: 'application' }],
    act: list,
    message: onKeyPage(
      'This is an application key; {panel} accepts only a client key from Perch.',
      (page) => `Create a client key in the panel under ${page}, and enter that key.`,
    ),
    undo: [{ ...theKey, kind: 'client' }],
  },
  {
    what: '400: the panel demands two-factor authentication',
    orders: [{ do: 'panel', twoFactorRequired: true }],
    act: list,
    message: messagesExcept(
      {
        says: '{panel} requires two-factor authentication, and your account there has none.',
        next: 'Set it up in the panel under Account, then try again. The key stays the same.',
      },
      { pelican: { absent: 'it does not demand it of the API (PROTOCOL 8.1.5)' } },
    ),
    undo: [{ do: 'panel', twoFactorRequired: false }],
  },
  {
    what: '400: an unknown filter',
    orders: [failing(theList, 400, 'InvalidFilterQuery', 'Requested filter(s) `x` are not allowed.')],
    act: list,
    message: {
      says: '{panel} did not understand the request to list the servers: “Requested filter(s) `x` are not allowed.”',
      next: log,
    },
    undo: [calm],
  },
  {
    what: '404: no such route',
    orders: [failing(theList, 404, 'NotFoundHttpException', 'The route api/client could not be found.')],
    act: list,
    message: { says: '{panel} answers, but the panel’s API is not at this address.', next: checkAddress },
    undo: [calm],
  },
  {
    what: '500 QueryException: the database is down',
    orders: [{ do: 'panel', databaseDown: true }],
    act: list,
    message: ownError('list the servers'),
    undo: [{ do: 'panel', databaseDown: false }],
  },
  {
    what: "500 ConnectionException: the panel's own cache is down",
    orders: [{ do: 'panel', cacheDown: true }],
    act: list,
    message: ownError('list the servers'),
    undo: [{ do: 'panel', cacheDown: false }],
  },
  {
    what: '503: the panel is in maintenance',
    orders: [{ do: 'panel', maintenance: { retryAfter: 30 } }],
    act: list,
    message: {
      says: '{panel} is closed for maintenance.',
      next: 'Wait until your host has finished. Perch keeps trying.',
    },
    undo: [{ do: 'panel', maintenance: null }],
  },
  ...[502, 503, 504, 520].map((status): ErrorRow => ({
    what: `HTML ${status} of a proxy`,
    orders: [proxied(theList, status)],
    act: list,
    message: gateway(status),
    undo: [direct],
  })),
  {
    what: '302: a login page',
    orders: [proxied(theList, 302, '/auth/login')],
    act: list,
    message: {
      says: '{panel} sent Perch to a login page instead of answering.',
      next: 'If the panel is behind a login of its own, such as a proxy or Cloudflare Access, let /api/client through.',
    },
    undo: [direct],
  },
  {
    what: '301: from http to https',
    orders: [proxied(theList, 301, 'https://127.0.0.1/api/client')],
    act: list,
    message: {
      says: '{panel} only answers over https.',
      next: 'Enter the address with https:// instead of http://.',
    },
    undo: [direct],
  },
  {
    what: '200 that is a web page',
    orders: [proxied(theList, 200)],
    act: list,
    message: { says: '{panel} answered with a web page, not like a panel.', next: checkAddress },
    undo: [direct],
  },
];
