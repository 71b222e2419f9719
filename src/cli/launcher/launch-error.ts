/** The start cannot go on for a reason that the person can act on; the message says which and what to do. */
export class LaunchError extends Error {
  override name = 'LaunchError';
}

/** A process below the launcher failed and has said why. */
export class AlreadySaid extends Error {
  override name = 'AlreadySaid';
}
