/** What a browser says of itself, as far as a person recognises it: `Chrome`, `Windows`. Empty when not known. */
export interface Device {
  browser: string;
  system: string;
}

/** Later ones claim to be earlier ones as well, so the order matters. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bWhale\//, 'Whale'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const first = (agent: string, known: typeof BROWSERS) =>
  known.find(([pattern]) => pattern.test(agent))?.[1] ?? '';

/** Reads a `User-Agent` header. */
export function deviceOf(agent: string): Device {
  return { browser: first(agent, BROWSERS), system: first(agent, SYSTEMS) };
}
