/** The links and forms of a page as the server wrote it, to be followed and sent without a browser. */

export interface PageForm {
  /** As it stands in the page: `?/save`, or a path. */
  action: string;
  /** Filled in as somebody might: what is there stays, what is empty gets something. */
  fields: [name: string, value: string][];
}

const TEXT: Record<string, string> = {
  number: '1',
  date: '2027-01-31',
  'datetime-local': '2027-01-31T17:00',
  email: 'foreign@example.test',
  url: 'https://foreign.example.test',
  tel: '+82-2-555-0100',
};

const decode = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`, 'iu').exec(tag);
  return found ? decode(found[1] ?? '') : null;
}

/** Addresses of this portal that a page leads to. */
export function linksIn(html: string): string[] {
  const links = [...html.matchAll(/<a\s[^>]*?href="(\/[^"]*)"/gu)].map(([, link = '']) => decode(link));
  return [...new Set(links.map((link) => link.split('#', 1)[0] ?? ''))];
}

/** The forms that a page sends by POST, once for each of their buttons. */
export function formsIn(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gu)].flatMap(([, head = '', body = '']) => {
    if (attribute(` ${head}>`, 'method')?.toUpperCase() !== 'POST') return [];
    const action = attribute(` ${head}>`, 'action') ?? '';
    const fields = fieldsIn(body);
    const buttons = [...body.matchAll(/<button\b[^>]*>/gu)].map(([tag]) => tag);
    return (buttons.length === 0 ? [''] : buttons).map((button) => {
      const name = attribute(button, 'name');
      const pressed: [string, string][] = name ? [[name, attribute(button, 'value') ?? '']] : [];
      return { action: attribute(button, 'formaction') ?? action, fields: [...fields, ...pressed] };
    });
  });
}

function fieldsIn(body: string): [string, string][] {
  const fields: [string, string][] = [];
  const chosen = new Set<string>();
  for (const [tag] of body.matchAll(/<(?:input|textarea|select)\b[^>]*>/gu)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    if (!name || type === 'file') continue;
    if (tag.startsWith('<textarea')) fields.push([name, textIn(body, tag) || 'Foreign']);
    else if (tag.startsWith('<select')) fields.push([name, optionIn(body, tag)]);
    else if (type === 'checkbox' || type === 'radio') {
      if (attribute(tag, 'checked') === null && chosen.has(name)) continue;
      if (type === 'radio' && chosen.has(name))
        fields.splice(
          fields.findIndex(([one]) => one === name),
          1,
        );
      chosen.add(name);
      fields.push([name, attribute(tag, 'value') ?? 'on']);
    } else
      fields.push([name, attribute(tag, 'value') || (type === 'hidden' ? '' : (TEXT[type] ?? 'Foreign'))]);
  }
  return fields;
}

function textIn(body: string, tag: string): string {
  const rest = body.slice(body.indexOf(tag) + tag.length);
  return decode(rest.slice(0, rest.indexOf('</textarea>'))).trim();
}

function optionIn(body: string, tag: string): string {
  const rest = body.slice(body.indexOf(tag) + tag.length);
  const options = [...rest.slice(0, rest.indexOf('</select>')).matchAll(/<option\b[^>]*>/gu)].map(
    ([one]) => one,
  );
  const values = options.map((one) => attribute(one, 'value') ?? '');
  const selected = options.findIndex((one) => attribute(one, 'selected') !== null);
  return (selected >= 0 ? values[selected] : '') || values.find((value) => value !== '') || '';
}
