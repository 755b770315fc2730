/**
 * States that changed unnoticed by the window: it reports the error and shows the new state on its own. Each row uses
 * its own server without earlier refusals: Perch reads a server for up to 5 s after a refusal, and here it must not
 * read before the click. The suspended server is offline, so it needs no time to stop.
 */
import { command, naming, power, reinstall, variable, type MakeAct } from './error-acts.js';
import { messagesExcept, type ErrorRow, type Order, type WindowMessage } from './error-table.js';

const wait = 'Wait until it finishes, then try again.';
const refused = (what: string, reason: string, next: string): WindowMessage => ({
  says: `{panel} could not ${what}: ${reason}.`,
  next,
});
const status = (server: string, value: string | null): Order => ({ do: 'status', server, status: value });
const underMaintenance = 'the node of the server is under maintenance';
const closed = 'Wait until it is complete. If it failed, only your host can repair it.';

/** The form is replaced by the reason as soon as the window knows it, and returns with the typed input. */
const saveClosed =
  (made: MakeAct): MakeAct =>
  (stage) => ({
    ...made(stage),
    problem: stage.page.getByTestId('startup-blocked'),
    kept: async () => undefined,
  });

export const conflictRows: readonly ErrorRow[] = [
  {
    what: '409: suspended',
    orders: [{ do: 'suspend', server: 'Longhouse' }],
    act: power('Longhouse', 'start'),
    message: refused('start the server', 'the server is suspended', 'Ask your host.'),
    undo: [{ do: 'unsuspend', server: 'Longhouse' }],
    becomes: 'suspended',
  },
  {
    what: '409: installing',
    orders: [status('Event Arena', 'installing')],
    act: saveClosed(variable('Event Arena', 'VIEW_DISTANCE', '20')),
    message: {
      says: 'The server is being installed.',
      next: 'You can see and change its startup settings again afterwards.',
    },
    undo: [status('Event Arena', null)],
    becomes: 'installing',
  },
  {
    what: '409: the installation failed',
    orders: [status('Lobby', 'install_failed')],
    act: power('Lobby', 'restart'),
    message: refused('restart the server', 'the installation of the server is not complete', closed),
    undo: [status('Lobby', null)],
    becomes: 'install failed',
  },
  {
    what: '409: a backup is being restored',
    orders: [status('Rust Belt', 'restoring_backup')],
    act: reinstall('Rust Belt'),
    message: refused('reinstall the server', 'a backup is being restored', wait),
    undo: [status('Rust Belt', null)],
    becomes: 'restoring',
  },
  {
    what: '409: moving to another node',
    orders: [{ do: 'transferring', server: 'Skyblock', on: true }],
    act: command('Skyblock', 'say moving'),
    message: refused('send the command', 'the server is moving to another node', wait),
    undo: [{ do: 'transferring', server: 'Skyblock', on: false }],
    becomes: 'moving',
  },
  // Last, because the rows of the forms leave a pending read of this server.
  {
    what: '409: the node is under maintenance',
    orders: [{ do: 'node-maintenance', node: 'Lowland', on: true }],
    act: naming('description', 'Archive 2022', 'Under repair'),
    // Pelican has a separate endpoint for descriptions (PROTOCOL 8.3.4).
    message: messagesExcept(refused('rename the server', underMaintenance, wait), {
      pelican: refused('change the description', underMaintenance, wait),
    }),
    undo: [{ do: 'node-maintenance', node: 'Lowland', on: false }],
    becomes: 'maintenance',
    becomesNotIn: 'reference',
  },
];
