/** Where a bucket is and the key that opens it. */
export interface Bucket {
  accessKeyId: string;
  secretAccessKey: string;
  /** Scheme, host, port and bucket: `https://s3.example.org/bucket`. */
  endpoint: string;
  region: string;
  /** What all keys begin with: empty, or ends with a slash. */
  prefix: string;
}

/**
 * Reads `s3://KEY:SECRET@host[:port]/bucket[/folder][?region=name]`, percent-encoded as addresses are;
 * `s3+http:` for a server without TLS. Null when a piece is missing.
 */
export function bucketOf(filesUrl: string): Bucket | null {
  const schemes: Record<string, string> = { 's3:': 'https', 's3+http:': 'http' };
  const url = URL.parse(filesUrl);
  const scheme = url === null ? undefined : schemes[url.protocol];
  if (url === null || scheme === undefined) return null;
  const [bucket, ...folders] = url.pathname.split('/').filter((part) => part !== '');
  if (!url.username || !url.password || !url.host || bucket === undefined) return null;
  try {
    return {
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
      endpoint: `${scheme}://${url.host}/${bucket}`,
      region: url.searchParams.get('region') ?? 'us-east-1',
      prefix: folders.map((folder) => `${decodeURIComponent(folder)}/`).join(''),
    };
  } catch {
    return null;
  }
}
