/** The kinds of file that are taken, known by their content, never by their name. */
export const FILE_KINDS = [
  { ending: 'pdf', mediaTypes: ['application/pdf'] },
  { ending: 'png', mediaTypes: ['image/png'] },
  { ending: 'jpg', mediaTypes: ['image/jpeg'] },
  { ending: 'xlsx', mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  { ending: 'docx', mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'] },
  { ending: 'hwpx', mediaTypes: ['application/hwp+zip'] },
] as const;

/** What a file field accepts, for the browser's own choice: `.jpeg` is `.jpg` by another name. */
export const FILE_ENDINGS = ['.pdf', '.png', '.jpg', '.jpeg', '.xlsx', '.docx', '.hwpx'] as const;

/** 20 MB, as file managers count. The database refuses more as well. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Why a file is not taken, as codes that `i18n/field-errors.ts` words beside the field. */
export const FILE_EMPTY = 'file-empty';
export const FILE_TOO_BIG = `file-too-big:${MAX_FILE_BYTES}`;
export const FILE_OF_OTHER_KIND = `bad-file:${FILE_KINDS.map(({ ending }) => ending.toUpperCase()).join(', ')}`;

/** The files of the organisation would take more than they may, in bytes. */
export const filesFull = (quota: number) => `files-full:${quota}`;

/** Bytes that may still be uploaded; null as long as a fifth of the room or more is left, when nobody need know. */
export function fewBytesLeft(used: number, quota: number): number | null {
  const left = Math.max(0, quota - used);
  return left < quota / 5 ? left : null;
}

/** The media type under which a file of a known content type is kept; null for a kind that is not taken. */
export function acceptedMediaType(detected: string | null): string | null {
  for (const { mediaTypes } of FILE_KINDS) {
    if (mediaTypes.some((type) => type === detected)) return detected;
  }
  return null;
}

/**
 * A name that is safe to show and to save under: no path, no control or direction characters, no more than 150
 * characters, ending as the content says. `../../성능시험서.exe` holding a PDF becomes `성능시험서.exe.pdf`.
 */
export function safeFileName(given: string, mediaType: string): string {
  const ending =
    FILE_KINDS.find(({ mediaTypes }) => mediaTypes.some((type) => type === mediaType))?.ending ?? 'bin';
  const spelled = ending === 'jpg' ? /\.jpe?g$/i : new RegExp(`\\.${ending}$`, 'i');
  const stem = (given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}"*:<>?|]/gu, '')
    .trim()
    .replace(spelled, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = Array.from(stem).slice(0, 145).join('').trimEnd();
  return `${short === '' ? 'file' : short}.${ending}`;
}

/** A name for a file whose own could tell who it belongs to. */
export function neutralFileName(id: string, mediaType: string): string {
  return safeFileName(`evidence-${id.slice(-6)}`, mediaType);
}

/** The header that makes a browser save a file under its name (RFC 6266, RFC 8187), never show it in the page. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
