import type { ReaderActorQuery } from '@dossier/client';
import { languageText, scriptText, t } from '../../messages/messages.js';
import { basisText } from '../../parts/labels.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { usePortion } from '../../parts/usePortion.js';
import { webHref } from '../../parts/webHref.js';

type ActorOf = NonNullable<ReaderActorQuery['actor']>;

/** Scripts by their code (ISO 15924), which is also a name of the Unicode property. */
const SCRIPTS = [
  'Latn',
  'Cyrl',
  'Hang',
  'Hani',
  'Hira',
  'Kana',
  'Arab',
  'Hebr',
  'Grek',
  'Deva',
  'Geor',
  'Armn',
  'Thai',
] as const;
const MATCHERS = SCRIPTS.map((script) => ({ script, matcher: new RegExp(`\\p{Script=${script}}`, 'u') }));

/** The script of a name; empty if it is none of those that are known here. */
const scriptOf = (text: string): string => MATCHERS.find(({ matcher }) => matcher.test(text))?.script ?? '';

/** The names of an actor or a place, by script, language and source. */
export function NameTable({ name, aliases }: { name: string; aliases: ActorOf['aliases'] }) {
  const rows = [...aliases]
    .map((alias) => ({ ...alias, script: scriptOf(alias.text) }))
    .sort(
      (a, b) =>
        Number(b.text === name) - Number(a.text === name) || (a.script < b.script ? -1 : a.script > b.script ? 1 : 0),
    );
  const { shown, more } = usePortion('names', rows);
  if (rows.length === 0) return null;
  return (
    <section class="names" aria-labelledby="names">
      <h2 id="names">{t('actor.names')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable. */}
      <section class="scroll" tabIndex={0} aria-labelledby="names">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('actor.name')}</th>
              <th scope="col">{t('actor.script')}</th>
              <th scope="col">{t('actor.language')}</th>
              <th scope="col">{t('actor.source')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ text, script, lang, inDocument, basis, caution, references }) => (
              <tr key={`${text} ${lang}`}>
                <th scope="row">
                  <SafeText text={text} lang={lang} />
                </th>
                <td>{script ? scriptText(script) : '–'}</td>
                <td>{lang ? languageText(lang) : '–'}</td>
                <td>
                  {inDocument ? t('source.document') : basisText(basis)}
                  {caution && (
                    <p class="quiet small">
                      <SafeText text={caution} />
                    </p>
                  )}
                  <References references={references} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {more}
    </section>
  );
}

/** Identifiers in other registers, with a link where there is one. */
export const Identifiers = ({ identifiers }: { identifiers: ActorOf['identifiers'] }) =>
  identifiers.length === 0 ? null : (
    <p>
      {t('actor.identifiers')}:{' '}
      {identifiers.map(({ scheme, value, url }, index) => {
        const href = webHref(url);
        const text = `${scheme} ${value}`;
        return (
          <span key={text}>
            {index > 0 && ', '}
            {href ? (
              <a href={href} rel="noreferrer noopener">
                <SafeText text={text} />
              </a>
            ) : (
              <SafeText text={text} />
            )}
          </span>
        );
      })}
    </p>
  );
