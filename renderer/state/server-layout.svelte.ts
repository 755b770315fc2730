/** How the person has arranged the view of a server, for as long as the window lives. */
export class ServerLayout {
  chartsShown = $state(true);
}
