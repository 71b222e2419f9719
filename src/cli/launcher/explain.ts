import { CommandError } from '../command.ts';
import { LaunchError } from './launch-error.ts';
import { ConfigError } from '#lib/server/platform/config.ts';
import { EmbeddedPostgresError } from '#lib/server/platform/embedded-postgres.ts';

/** Failures that a person can act on: their message is enough. By name where the class would load a lot. */
const EXPLAINED = [LaunchError, ConfigError, EmbeddedPostgresError, CommandError];
const EXPLAINED_NAMES = ['MigrationError', 'FileStoreError'];

/** What is said of a failure: its message, and for an unexpected one also where it happened. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const explained = EXPLAINED.some((type) => error instanceof type) || EXPLAINED_NAMES.includes(error.name);
  return explained ? error.message : (error.stack ?? error.message);
}
