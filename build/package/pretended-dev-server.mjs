import { createServer } from 'node:http';

/**
 * Server instead of Vite's dev server of `npm run dev` that counts requests. A package must make none.
 *
 * @returns {Promise<{ address: string, asked: () => number, close: () => void }>}
 */
export async function pretendDevServer() {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('<!doctype html>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
