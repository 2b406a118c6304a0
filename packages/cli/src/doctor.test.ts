import { describe, expect, it } from 'vitest';
import { type Finding, report } from './doctor.js';

describe('a report of findings', () => {
  const findings: Finding[] = [
    { part: 'documents', outcome: 'failed', message: '/texts/\u001b[2J\u009b\u202e.txt is not UTF-8.' },
  ];

  it('escapes control characters, which a terminal would interpret', () => {
    expect(report(findings, false).text).toBe('failed  documents: /texts/\\u001b[2J\\u009b\\u202e.txt is not UTF-8.\n');
  });

  it('escapes them in JSON without changing its value', () => {
    const { text } = report(findings, true);

    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(JSON.parse(text)).toEqual({ ok: false, findings });
  });
});
