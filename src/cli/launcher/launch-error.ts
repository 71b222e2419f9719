/** The start cannot go on for a reason that the person can act on; the message says which and what to do. */
export class LaunchError extends Error {
  override name = 'LaunchError';
}
