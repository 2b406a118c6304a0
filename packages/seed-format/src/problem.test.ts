import { describe, expect, it } from 'vitest';
import { formatProblem } from './problem.js';

describe('formatProblem', () => {
  it('writes file, line, path and message', () => {
    expect(
      formatProblem({ file: 'ruritania-1/actors.yaml', line: 7, path: 'actors[0].id', message: 'expected another.' }),
    ).toBe('ruritania-1/actors.yaml:7 actors[0].id: expected another.');
  });

  it('writes one line that is safe to print, whatever the name, the path and the message contain', () => {
    const line = formatProblem({
      file: 'ruritania-1/a\n\u001b.yaml',
      line: 1,
      path: 'a\n\u202e',
      message: 'unknown "\u001b[2J\r\nb.yaml:1: fine"',
    });

    expect(line).toBe('ruritania-1/a\\n\\u001b.yaml:1 a\\n\\u202e: unknown "\\u001b[2J\\u000d\\nb.yaml:1: fine"');
  });

  it('truncates a long path and a long message', () => {
    const line = formatProblem({ file: 'a.yaml', line: 1, path: 'k'.repeat(1e6), message: 'm'.repeat(1e6) });

    expect(line).toMatch(/^a\.yaml:1 k{200}…: m{2000}…$/);
  });
});
