/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/** Makes HTML; every value is escaped, but for what is HTML already. `null`, `undefined` and `false` are nothing. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly Part[]
): Html {
  return new Html(
    strings
      .map(
        (text, index) =>
          text + (index < values.length ? toText(values[index] ?? null) : ''),
      )
      .join(''),
  );
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function toText(part: Part): string {
  if (part === null || part === undefined || part === false) {
    return '';
  }
  if (part instanceof Html) {
    return part.text;
  }
  return typeof part === 'object'
    ? part.map(toText).join('')
    : String(part).replace(/[&<>"']/g, (letter) => ESCAPED[letter] ?? letter);
}
